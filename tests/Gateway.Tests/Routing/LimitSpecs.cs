using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Expo.Gateway.Tests.Routing;

public sealed class LimitSpecs(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private const int Megabyte = 1024 * 1024;
    private const string Editions = "/api/registration/v1/editions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_of_a_megabyte_arrives()
    {
        using var client = gateway.Client();
        using var body = new ByteArrayContent(new byte[Megabyte]);
        var echo = await (await client.PostAsync(Editions, body, Ct)).Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.Equal(Megabyte, (int?)echo!["bytes"]);
    }

    [Fact]
    public async Task A_larger_body_is_refused_before_it_is_sent()
    {
        var answer = await gateway.Raw(
            $"POST {Editions} HTTP/1.1\r\nHost: expo\r\nContent-Length: {Megabyte + 1}\r\nConnection: close\r\n\r\n", Ct);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request.too_large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_declared_length_is_counted_while_it_flows()
    {
        var answer = await gateway.Raw(
            $"POST {Editions} HTTP/1.1\r\nHost: expo\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + $"{2 * Megabyte:X}\r\n{new string('a', 2 * Megabyte)}\r\n0\r\n\r\n", Ct);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request.too_large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_bytes_of_headers_are_refused()
    {
        var answer = await gateway.Raw($"GET {Editions} HTTP/1.1\r\nHost: expo\r\nCookie: {new string('a', 40_000)}\r\n\r\n", Ct);
        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_headers_are_refused()
    {
        var headers = string.Concat(Enumerable.Range(0, 200).Select(number => $"A{number}: 1\r\n"));
        var answer = await gateway.Raw($"GET {Editions} HTTP/1.1\r\nHost: expo\r\n{headers}\r\n", Ct);
        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_very_long_address_is_refused()
    {
        var answer = await gateway.Raw($"GET /{new string('a', 64_000)} HTTP/1.1\r\nHost: expo\r\n\r\n", Ct);
        Assert.StartsWith("HTTP/1.1 414", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length : 4\r\n\r\nabcd")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("A: 1\r\n folded\r\n\r\n")]
    public async Task A_request_whose_end_is_in_doubt_reaches_no_service(string rest)
    {
        var answer = await gateway.Raw($"POST {Editions} HTTP/1.1\r\nHost: expo\r\nConnection: close\r\n{rest}", Ct);
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_trickles_headers_is_cut_off_and_holds_nobody_up()
    {
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                var socket = new TcpClient();
                slow.Add(socket);
                await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Ct);
                await socket.GetStream().WriteAsync("GET / HT"u8.ToArray(), Ct);
            }

            using var client = gateway.Client();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Editions, Ct)).StatusCode);

            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            deadline.CancelAfter(TimeSpan.FromMinutes(1));
            using var reader = new StreamReader(slow[0].GetStream(), Encoding.ASCII);
            Assert.StartsWith("HTTP/1.1 408", await reader.ReadToEndAsync(deadline.Token), StringComparison.Ordinal);
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }
}
