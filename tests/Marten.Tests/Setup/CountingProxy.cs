using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Expo.Marten.Tests.Setup;

/// <summary>Stands between a store and its server and counts round trips: a request that follows an answer.</summary>
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
                var requests = Copy(client, server, () =>
                {
                    if (answered) Interlocked.Increment(ref _roundTrips);
                    answered = false;
                });
                var answers = Copy(server, client, () => answered = true);
                await Task.WhenAny(requests, answers);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The connection ended.
            }
        }
    }

    private async Task Copy(TcpClient from, TcpClient to, Action seen)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await from.GetStream().ReadAsync(buffer, _stopping.Token)) > 0)
        {
            seen();
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
