using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Expo.Kernel.Tests.Streams;

/// <summary>Stands between a host and its database and counts how often the host waits: each Sync or simple query is one round trip.</summary>
internal sealed class RoundTrips : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly (string Host, int Port) server;
    private readonly Task accepting;
    private int count;

    public RoundTrips(string connectionString)
    {
        var direct = new NpgsqlConnectionStringBuilder(connectionString);
        server = (direct.Host!, direct.Port);
        listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
        accepting = Accept();
    }

    /// <summary>The database as seen through this.</summary>
    public string ConnectionString { get; }

    /// <summary>Round trips so far.</summary>
    public int Count => Volatile.Read(ref count);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        end.Dispose();
    }

    private async Task Accept()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(Serve(await listener.AcceptTcpClientAsync(end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(server.Host, server.Port, end.Token);
            await Task.WhenAny(Requests(near.GetStream(), far.GetStream()), far.GetStream().CopyToAsync(near.GetStream(), end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The other side has gone.
        }
    }

    // Frontend messages: the first has no type byte, the others are type, length, content.
    private async Task Requests(NetworkStream from, NetworkStream to)
    {
        await Forward(from, to, new byte[4]);
        var header = new byte[5];
        while (true)
        {
            var message = await Forward(from, to, header, isMessage: true);
            // A connection's reset travels in front of the next request; nobody waits for it.
            if (message[0] is (byte)'S' or (byte)'Q' && message.AsSpan().IndexOf("RESET ALL"u8) < 0)
                Interlocked.Increment(ref count);
        }
    }

    private async Task<byte[]> Forward(NetworkStream from, NetworkStream to, byte[] header, bool isMessage = false)
    {
        await from.ReadExactlyAsync(header, end.Token);
        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(isMessage ? 1 : 0));
        var message = new byte[header.Length + length - 4];
        header.CopyTo(message, 0);
        await from.ReadExactlyAsync(message.AsMemory(header.Length), end.Token);
        await to.WriteAsync(message, end.Token);
        return message;
    }
}
