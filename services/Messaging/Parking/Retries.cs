using Expo.Messaging.Listening;

namespace Expo.Messaging.Parking;

/// <summary>Asks again for parked messages that were asked for and did not come: the request or the answer may have been lost with a process.</summary>
internal sealed partial class Retries(IDocumentStore store, Hearing hearing, MessagingSettings settings, TimeProvider clock, ILogger<Retries> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(settings.Patience, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await AskAgain(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotAsked(logger, Reasons.Of(e));
            }
        }
    }

    // Stored as they are: that they were asked for now is what other nodes see.
    private async Task AskAgain(CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        await session.BeginTransactionAsync(ct);
        var late = await session.QueryAsync<ParkedMessage>(
            "where d.data ->> 'Status' = 'retrying' and d.mt_last_modified < now() - ? * interval '1 second' order by (d.data ->> 'Position')::bigint for update skip locked",
            ct, settings.Patience.TotalSeconds);
        session.Store<ParkedMessage>(late);
        await session.SaveChangesAsync(ct);
        foreach (var waiting in late.GroupBy(parked => (parked.Queue, parked.Source)))
            await hearing.Ask(waiting.Key.Queue, waiting.Key.Source, [.. waiting.Select(w => w.Type).Distinct()], 0, [.. waiting.Select(w => w.Position)], ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Parked messages that did not come could not be asked for again ({Failure}); they will be, in a moment")]
    private static partial void NotAsked(ILogger logger, string failure);
}
