using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Expo.Bench.Dashboard;

/// <summary>Senders of export requests over OTLP/gRPC, each with one request on its way, as an exporter has.</summary>
public sealed class Feed : IDisposable
{
    private const int Senders = 6; // the services and the gateway
    private readonly HttpClient[] clients;

    public Feed(Uri grpc, string key) => clients = [.. Enumerable.Range(0, Senders).Select(_ =>
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        {
            BaseAddress = grpc,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Add("x-otlp-api-key", key);
        client.DefaultRequestHeaders.TE.ParseAdd("trailers");
        return client;
    })];

    /// <summary>
    /// Sends requests for a time, beginning anew at the end: so many a second, or each sender as fast as it is answered. How long the answers took, in ms.
    /// </summary>
    public async Task<IReadOnlyList<double>> SendAsync(string package, string service, IReadOnlyList<byte[]> requests, TimeSpan time, double perSecond = double.PositiveInfinity)
    {
        var (next, watch) = (0, Stopwatch.StartNew());
        var took = await Task.WhenAll(clients.Select(async client =>
        {
            var answers = new List<double>();
            while (true)
            {
                var number = Interlocked.Increment(ref next);
                var due = TimeSpan.FromSeconds(number / perSecond);
                if (due > time || watch.Elapsed > time)
                    return answers;
                if (due > watch.Elapsed)
                    await Task.Delay(due - watch.Elapsed);
                answers.Add(await SendAsync(client, package, service, requests[number % requests.Count]));
            }
        }));
        return [.. took.SelectMany(answers => answers)];
    }

    /// <summary>Sends each request once.</summary>
    public async Task SendAsync(string package, string service, IReadOnlyList<byte[]> requests)
    {
        foreach (var request in requests)
            await SendAsync(clients[0], package, service, request);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var client in clients)
            client.Dispose();
    }

    private static async Task<double> SendAsync(HttpClient client, string package, string service, byte[] message)
    {
        var framed = new byte[message.Length + 5];
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)message.Length);
        message.CopyTo(framed, 5);
        var watch = Stopwatch.StartNew();
        using var content = new ByteArrayContent(framed) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        using var answer = await client.PostAsync(new Uri($"/opentelemetry.proto.collector.{package}.v1.{service}Service/Export", UriKind.Relative), content);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.TrailingHeaders.TryGetValues("grpc-status", out var status) && status.First() == "0"
            ? watch.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"An export was refused: {answer}");
    }
}
