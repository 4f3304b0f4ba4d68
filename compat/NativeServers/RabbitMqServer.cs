using System.Globalization;
using System.Net.Sockets;

namespace Expo.NativeServers;

/// <summary>How to run one private RabbitMQ node; a plugin runs when it has a port.</summary>
public sealed record RabbitMqOptions(string DataDirectory, int Port, string UserName, string Password)
{
    /// <summary>Management interface and HTTP API.</summary>
    public int? ManagementPort { get; init; }

    /// <summary>The stream protocol.</summary>
    public int? StreamPort { get; init; }
}

/// <summary>A private RabbitMQ node over native binaries: listens on 127.0.0.1 only, with an epmd, a cookie and a home of its own.</summary>
public sealed class RabbitMqServer(RabbitMqOptions options, Reaper reaper, Action<OutputLine>? output = null) : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);
    private static readonly byte[] ProtocolHeader = [.. "AMQP"u8, 0, 0, 9, 1];
    private NativeProcess? epmd;

    /// <summary>The node's process once started.</summary>
    public NativeProcess? Process { get; private set; }

    /// <summary>As an AMQP address.</summary>
    public string ConnectionString { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"amqp://{Uri.EscapeDataString(options.UserName)}:{Uri.EscapeDataString(options.Password)}@127.0.0.1:{options.Port}");

    /// <summary>Writes the node's configuration and starts it; returns before it is ready.</summary>
    public async Task StartAsync(CancellationToken ct = default)
    {
        // The epmd of a node that crashed listens where the next node does not look.
        await StopAsync();
        var binaries = ServerBinaries.FindRabbitMq();
        var node = new RabbitMqNode(options);
        await node.WriteAsync(ct);

        // The node would start an epmd that outlives it; ours is there first and ends with us.
        epmd = NativeProcess.Start(
            new("epmd", binaries.Epmd, ["-port", node.EpmdPort, "-address", "127.0.0.1"], node.Environment), reaper, output);
        Process = NativeProcess.Start(
            new("rabbitmq", binaries.Server, [], node.Environment, WorkingDirectory: Path.GetFullPath(options.DataDirectory)), reaper, output);
    }

    /// <summary>Returns when the node answers in AMQP.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken ct = default)
    {
        var process = Process ?? throw new InvalidOperationException("Start the server first.");
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            await pace.WaitForNextTickAsync(ct);
            if (process.Exited.IsCompleted)
                throw Failed(process.RecentOutput);
        }
        while (!await AnswersAsync(ct));
    }

    /// <summary>Stops the node, then its epmd.</summary>
    public async Task StopAsync()
    {
        if (Process is not null)
            await Process.StopAsync(Signal.Terminate, StopTime);
        if (epmd is not null)
            await epmd.DisposeAsync();
        epmd = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Process is not null)
            await Process.DisposeAsync();
    }

    private ServerFailedException Failed(string recentOutput) =>
        recentOutput.Contains("eaddrinuse", StringComparison.Ordinal)
            ? new($"{string.Join(", ", Occupied())}, RabbitMQ cannot listen on it. End that or choose another port, and start RabbitMQ again.")
            : new($"RabbitMQ did not start on the data in {options.DataDirectory}; ./expo reset drops it and starts anew. It said:\n{recentOutput}");

    private IEnumerable<string> Occupied() =>
        from port in (int?[])[options.Port, options.ManagementPort, options.StreamPort]
        where port is not null
        let owner = PortOwner.Find(port.Value)
        where owner is not null
        select string.Create(CultureInfo.InvariantCulture, $"Port {port} is in use by {owner}");

    // A whole handshake step, not just an open port: we send the protocol header and expect connection.start.
    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", options.Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(ProtocolHeader, limit.Token);
            var frame = new byte[11];
            await stream.ReadExactlyAsync(frame, limit.Token);
            return frame is [1, 0, 0, _, _, _, _, 0, 10, 0, 10];
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
