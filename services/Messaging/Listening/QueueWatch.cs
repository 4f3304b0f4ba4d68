using MassTransit;
using RabbitMQ.Client;

namespace Expo.Messaging.Listening;

/// <summary>
/// Makes a queue anew that answers nobody. A broker that is killed may forget its member of the quorum queue that was declared last: the queue is there, but it will
/// never have a leader, whoever listens to it hears nothing, and whoever tells it something waits for a confirmation for ever. What it held is asked for again.
/// </summary>
internal sealed partial class QueueWatch(IBusControl bus, Broker broker, MessagingSettings settings, TimeProvider clock, ILogger<QueueWatch> logger) : BackgroundService
{
    private readonly ConnectionFactory factory = new() { Uri = broker.Address, AutomaticRecoveryEnabled = false };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var before = new HashSet<string>();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(settings.Answer, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var silent = bus.CheckHealth().Endpoints.Values.Where(endpoint => endpoint.Status != BusHealthStatus.Healthy)
                .Select(endpoint => endpoint.ReceiveEndpoint.InputAddress.AbsolutePath.Split('/')[^1]).ToHashSet();
            foreach (var queue in silent.Intersect(before))
            {
                try
                {
                    await Mend(queue, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    // The broker is away, or the queue is: who listens to it connects and declares it by itself.
                    NotAsked(logger, queue, e);
                }
            }

            before = silent;
        }
    }

    private async Task Mend(string queue, CancellationToken ct)
    {
        await using var connection = await factory.CreateConnectionAsync(ct);
        await using var asking = await connection.CreateChannelAsync(cancellationToken: ct);
        await asking.QueueDeclarePassiveAsync(queue, ct);
        asking.ContinuationTimeout = settings.Answer;
        try
        {
            // Only its leader can answer this; what it hands out goes back when the channel closes.
            await asking.BasicGetAsync(queue, autoAck: false, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException && !ct.IsCancellationRequested)
        {
            await using var deleting = await connection.CreateChannelAsync(cancellationToken: ct);
            await deleting.QueueDeleteAsync(queue, cancellationToken: ct);
            Telemetry.Mended.Add(1, new KeyValuePair<string, object?>(Telemetry.Queue, queue));
            Deleted(logger, queue);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Queue} could not be asked")]
    private static partial void NotAsked(ILogger logger, string queue, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue} had no leader and was deleted; it is declared anew, and what it held is asked for again")]
    private static partial void Deleted(ILogger logger, string queue);
}
