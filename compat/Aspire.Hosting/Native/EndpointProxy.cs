using System.Net;
using System.Net.Sockets;

namespace Expo.NativeHosting;

/// <summary>Keeps a public port on 127.0.0.1 and ::1 and passes connections on to the processes behind it, in turn.</summary>
internal sealed class EndpointProxy : IAsyncDisposable
{
    private const int Backlog = 512;
    private const int BufferSize = 64 * 1024;
    private const int Attempts = 20;

    private readonly CancellationTokenSource closing = new();
    private readonly Socket[] listeners;
    private readonly Task accepting;
    private volatile IPEndPoint[] targets = [];
    private int turn;

    private EndpointProxy(Socket[] listeners)
    {
        this.listeners = listeners;
        Port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
        accepting = Task.WhenAll(listeners.Select(AcceptAsync));
    }

    public int Port { get; }

    public IReadOnlyList<IPEndPoint> Targets => targets;

    /// <summary>Opens a given port, or any free one; <see cref="SocketException"/> if the given one is taken.</summary>
    public static EndpointProxy Open(int? port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var v4 = Listen(IPAddress.Loopback, port ?? 0);
            try
            {
                return new(Socket.OSSupportsIPv6 && ListenV6(((IPEndPoint)v4.LocalEndPoint!).Port) is { } v6 ? [v4, v6] : [v4]);
            }
            catch (SocketException) when (port is null && attempt < Attempts)
            {
                v4.Dispose();
            }
            catch
            {
                v4.Dispose();
                throw;
            }
        }
    }

    public void Add(IPEndPoint target) => Change(all => [.. all, target]);

    public void Remove(IPEndPoint target) => Change(all => [.. all.Where(t => !t.Equals(target))]);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        await accepting.ConfigureAwait(false);
        closing.Dispose();
    }

    private static Socket Listen(IPAddress address, int port)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, port));
            listener.Listen(Backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    // A machine may have IPv6 in the kernel and no ::1.
    private static Socket? ListenV6(int port)
    {
        try
        {
            return Listen(IPAddress.IPv6Loopback, port);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return null;
        }
    }

    private static async Task<long> PumpAsync(Socket from, Socket to, CancellationToken ct)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        var passed = 0L;
        int read;
        while ((read = await from.ReceiveAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            for (var sent = 0; sent < read;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), ct).ConfigureAwait(false);
            }

            passed += read;
        }

        to.Shutdown(SocketShutdown.Send);
        return passed;
    }

    private void Change(Func<IPEndPoint[], IPEndPoint[]> change)
    {
        lock (closing)
        {
            targets = change(targets);
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        await Task.Yield();
        while (!closing.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptAsync(closing.Token).ConfigureAwait(false));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Closing, or a caller that gave up before we accepted it.
            }
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        using (caller)
        {
            try
            {
                using var target = await ConnectAsync().ConfigureAwait(false);
                if (target is null)
                {
                    return;
                }

                caller.NoDelay = target.NoDelay = true;
                using var broken = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
                Task<long>[] pumps = [PumpAsync(caller, target, broken.Token), PumpAsync(target, caller, broken.Token)];
                try
                {
                    await await Task.WhenAny(pumps).ConfigureAwait(false);
                    await Task.WhenAll(pumps).ConfigureAwait(false);
                }
                finally
                {
                    await broken.CancelAsync().ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side went away; closing both sockets tells the other.
            }
        }
    }

    // Starts with the next in turn and goes round once: a process that is starting or dying is passed over.
    private async Task<Socket?> ConnectAsync()
    {
        var all = targets;
        var first = (uint)Interlocked.Increment(ref turn);
        for (var i = 0u; i < all.Length; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(all[(first + i) % (uint)all.Length], closing.Token).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        return null;
    }
}
