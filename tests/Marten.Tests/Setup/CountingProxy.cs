using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Expo.Marten.Tests.Setup;

/// <summary>Stands between a store and its server and counts round trips: a request after the server said it is ready for one.</summary>
public sealed class CountingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly NpgsqlConnectionStringBuilder _target;
    private readonly Task _accepting;
    private int _roundTrips;

    public CountingProxy(string connectionString)
    {
        _target = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
        _accepting = Accept();
    }

    public string ConnectionString { get; }

    /// <summary>Round trips since the last time this was asked.</summary>
    public int Take() => Interlocked.Exchange(ref _roundTrips, 0);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task Accept()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(Relay(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Relay(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            (client.NoDelay, server.NoDelay) = (true, true);
            try
            {
                await server.ConnectAsync(_target.Host!, _target.Port, _stopping.Token);
                var answered = true;
                var requests = Copy(client, server, _ =>
                {
                    if (answered) Interlocked.Increment(ref _roundTrips);
                    answered = false;
                });
                var answers = Copy(server, client, answer => answered = IsReady(answer.Span));
                await Task.WhenAny(requests, answers);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The connection ended.
            }
        }
    }

    // ReadyForQuery is the last thing of an answer: 'Z', length 5, status.
    private static bool IsReady(ReadOnlySpan<byte> answer) => answer.Length >= 6 && answer[^6..^1].SequenceEqual("Z\0\0\0\u0005"u8);

    private async Task Copy(TcpClient from, TcpClient to, Action<ReadOnlyMemory<byte>> seen)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await from.GetStream().ReadAsync(buffer, _stopping.Token)) > 0)
        {
            seen(buffer.AsMemory(0, read));
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
