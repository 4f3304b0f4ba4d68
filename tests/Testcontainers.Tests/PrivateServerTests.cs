using System.Net;
using System.Net.Sockets;
using Expo.NativeServers;

namespace Expo.Testcontainers.Tests;

[Trait("needs", "postgres")]
public sealed class PrivateServerTests
{
    [Fact]
    public async Task A_damaged_cluster_is_named_together_with_the_way_out()
    {
        var ct = TestContext.Current.CancellationToken;
        var directory = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.CreateSubdirectory("cluster").FullName, "PG_VERSION"), "15\n", ct);
        await using var reaper = await Reaper.StartAsync(ct: ct);
        reaper.DeleteAtEnd(directory.FullName);
        await using var server = new PostgresServer(new(directory.FullName, Ports.Free(), "postgres", "secret"), reaper);

        var failure = await Assert.ThrowsAsync<ServerFailedException>(() => server.PrepareAsync(ct));

        Assert.Contains(directory.FullName, failure.Message, StringComparison.Ordinal);
        Assert.Contains("./expo reset", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_occupied_port_is_named_and_once_it_is_free_the_server_starts()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var reaper = await Reaper.StartAsync(ct: ct);
        // Closed to everybody else: when root runs this, the server's user cannot enter and the data goes elsewhere.
        var directory = Directory.CreateTempSubdirectory().FullName;
        reaper.DeleteAtEnd(directory);
        var port = Ports.Free(); // none that a neighbour's connection might take while nobody listens on it
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        await using var server = new PostgresServer(new(directory, port, "postgres", "secret"), reaper);

        await server.StartAsync(ct);
        if (Environment.IsPrivilegedProcess)
        {
            reaper.DeleteAtEnd(Path.GetDirectoryName(server.ClusterDirectory)!);
            Assert.Equal(server.ClusterDirectory, new FileInfo(Path.Combine(directory, "cluster")).LinkTarget);
        }

        var failure = await Assert.ThrowsAsync<ServerFailedException>(() => server.WaitUntilReadyAsync(ct));
        Assert.Contains($"Port {port} is in use", failure.Message, StringComparison.Ordinal);

        other.Stop();
        await server.StartAsync(ct);
        await server.WaitUntilReadyAsync(ct);
    }

    [Fact]
    public async Task Data_in_use_is_refused_to_a_second_owner()
    {
        var ct = TestContext.Current.CancellationToken;
        var directory = Directory.CreateTempSubdirectory();
        var file = Path.Combine(directory.FullName, "processes");
        await using var first = await Reaper.StartAsync(file, ct: ct);
        first.DeleteAtEnd(directory.FullName);

        await Assert.ThrowsAsync<DataInUseException>(() => Reaper.StartAsync(file, ct: ct));
    }
}
