using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;

namespace Expo.Operations;

/// <summary>On every node: says how the shards that run here are, and does with them what operators have ordered anywhere.</summary>
internal sealed partial class ShardKeeper(
    IDocumentStore store, IProjectionCoordinator coordinator, ShardReports reports, IEnumerable<KeptState> states, TimeProvider clock, ILogger<ShardKeeper> logger)
    : BackgroundService
{
    public const string Rebuild = "rebuild", Checkpoint = "checkpoint", Skip = "skip_event";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RebuildTime = TimeSpan.FromHours(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var daemon = coordinator.DaemonForMainDatabase();
        using var watching = daemon.Tracker.Subscribe(reports);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await reports.Keep(daemon, stoppingToken);
                foreach (var order in await Take(daemon, stoppingToken))
                    _ = Do(order, daemon, stoppingToken); // a rebuild takes its time
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotLooked(logger, Reasons.Of(e));
            }

            await Task.Delay(Pace, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The orders that nobody has begun and that can be done here.</summary>
    private async Task<IReadOnlyList<Operation>> Take(IProjectionDaemon daemon, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        if ((await session.QueryAsync<Operation>($"where {OperationsModule.Open}", ct)).Count == 0)
            return [];

        await session.BeginTransactionAsync(ct);
        var left = await session.QueryAsync<Operation>("where d.data ->> 'State' = 'running' and d.mt_last_modified < now() - interval '30 seconds' for update skip locked", ct);
        var waiting = await session.QueryAsync<Operation>("where d.data ->> 'State' = 'waiting' order by d.id::text for update skip locked", ct);
        var taken = waiting.Where(order => (order.Command == Rebuild && states.Any(state => state.Projection == order.Subject))
            || reports.Shards.Any(shard => (order.Command == Rebuild ? shard.Name : shard.Identity) == order.Subject && daemon.StatusFor(shard.Identity) != AgentStatus.Stopped))
            .Select(order => order with { State = OperationState.Running }).ToArray();
        session.Store(taken.Concat(left.Select(order => order with { State = OperationState.Failed, Failure = "its node ended" })));
        await session.SaveChangesAsync(ct);
        return taken;
    }

    // What cannot even be kept here is found by the next look at what was left behind.
    private async Task Do(Operation order, IProjectionDaemon daemon, CancellationToken stopping)
    {
        try
        {
            await Keep(order.Command == Rebuild ? await Build(order, daemon, stopping) : await Move(order, daemon));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Keep(order with { State = OperationState.Waiting }); // for the next node that can
        }
        catch (Exception e)
        {
            NotDone(logger, order.Command, order.Subject, Reasons.Of(e));
            await using var session = store.QuerySession();
            await Keep(order with { State = OperationState.Failed, Failure = Reasons.Of(e), Event = await ShardReports.StoppedAt(session, e, CancellationToken.None) });
        }
    }

    private async Task<Operation> Build(Operation order, IProjectionDaemon daemon, CancellationToken stopping)
    {
        reports.Begin(order.Subject);
        var building = daemon.RebuildProjectionAsync(order.Subject, RebuildTime, stopping);
        while (await Task.WhenAny(building, Task.Delay(Pace, CancellationToken.None)) != building)
            await Keep(order = Reached());
        await building;
        return Reached() with { State = OperationState.Done };

        Operation Reached() => reports.Rebuilt(order.Subject) is var (position, target) ? order with { Position = position, Target = target } : order;
    }

    /// <summary>With the shard stopped: where it stands, the dead letter and the end of the order are one transaction.</summary>
    private async Task<Operation> Move(Operation order, IProjectionDaemon daemon)
    {
        var (shard, position) = (reports.Shards.First(shard => shard.Identity == order.Subject), order.Position!.Value);
        await daemon.StopAgentAsync(shard.Identity);
        try
        {
            await using var session = store.LightweightSession();
            if (order.Command == Skip)
                session.Insert(await DeadLetter(session, shard, position));
            // Marten inserts the row with the first page, and only then.
            if (position == 0)
                session.QueueSqlCommand("delete from mt_event_progression where name = ?", shard.Identity);
            else
                session.QueueSqlCommand("update mt_event_progression set last_seq_id = ?, last_updated = now() where name = ?", position, shard.Identity);
            session.Store(order = order with { State = OperationState.Done });
            await session.SaveChangesAsync(CancellationToken.None);
            reports.Mended(shard);
            return order;
        }
        finally
        {
            await daemon.StartAgentAsync(shard.Identity, CancellationToken.None);
        }
    }

    /// <summary>Only for the event that the shard stands right before, so that nothing else is passed over.</summary>
    private async Task<DeadLetterEvent> DeadLetter(IQuerySession session, ShardName shard, long sequence)
    {
        var stands = await store.Advanced.ProjectionProgressFor(shard);
        var between = await session.QueryAsync<long>("select count(*) from mt_events where seq_id > ? and seq_id < ?", CancellationToken.None, stands, sequence);
        if (stands >= sequence || between[0] > 0 || reports.Of(shard) is not { Failure: { } failure, Event: { } stopping } || stopping.Sequence != sequence)
            throw new RefusedException(StoreOperations.NotStopped);
        return new DeadLetterEvent
        {
            Id = Guid.CreateVersion7(), ProjectionName = shard.Name, ShardName = shard.ShardKey, EventSequence = sequence,
            ExceptionType = failure.Split(" <- ")[^1], ExceptionMessage = failure, Timestamp = clock.GetUtcNow(),
        };
    }

    private async Task Keep(Operation order)
    {
        await using var session = store.LightweightSession();
        session.Store(order);
        await session.SaveChangesAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How the shards are, and what is to be done with them, could not be looked at ({Failure}); it will be, in a moment")]
    private static partial void NotLooked(ILogger logger, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Command} {Subject} failed: {Failure}")]
    private static partial void NotDone(ILogger logger, string command, string subject, string failure);
}
