using DotNet.Testcontainers;
using DotNet.Testcontainers.Containers;
using Expo.NativeServers;

namespace Testcontainers.RabbitMq;

/// <summary>A throwaway RabbitMQ node, without plugins unless its image has the management one; its data goes with it.</summary>
public sealed class RabbitMqContainer(RabbitMqConfiguration configuration) : IContainer
{
    private readonly int port = Ports.Free();
    private readonly int? management = configuration.Management ? Ports.Free() : null;
    private string? directory;
    private RabbitMqServer? server;

    /// <inheritdoc/>
    public string Hostname => "127.0.0.1";

    /// <inheritdoc/>
    public ushort GetMappedPublicPort(int containerPort) => (ushort)((containerPort, management) switch
    {
        (RabbitMqBuilder.RabbitMqPort, _) => port,
        (RabbitMqBuilder.ManagementPort, { } mapped) => mapped,
        _ => throw new InvalidOperationException($"Port {containerPort} is not mapped."),
    });

    /// <summary>As an AMQP address.</summary>
    public string GetConnectionString() =>
        new UriBuilder("amqp", Hostname, port)
        {
            UserName = Uri.EscapeDataString(configuration.Username),
            Password = Uri.EscapeDataString(configuration.Password),
        }.ToString();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken ct = default)
    {
        directory ??= await ThrowawayServers.NewDirectoryAsync("rabbitmq");
        server ??= new(new(directory, port, configuration.Username, configuration.Password) { ManagementPort = management }, await ThrowawayServers.ReaperAsync());
        await server.StartAsync(ct);
        await server.WaitUntilReadyAsync(ct);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken ct = default) => server?.StopAsync() ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            // Closing properly takes seconds, and there is nothing worth closing.
            if (server.Process is { } process)
                await process.StopAsync(Signal.Kill, TimeSpan.FromSeconds(5));
            await server.DisposeAsync();
        }

        if (directory is not null)
            ThrowawayServers.Delete(directory);
    }
}
