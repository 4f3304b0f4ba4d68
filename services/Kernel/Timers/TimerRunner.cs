using System.Diagnostics;
using Npgsql;

namespace Expo.Kernel.Timers;

/// <summary>Runs what is due, in order of time, on one node at a time: the one that holds the database's advisory lock.</summary>
internal sealed partial class TimerRunner(
    IServiceScopeFactory scopes, IDocumentStore store, NpgsqlDataSource database, Reactions reactions, TimerSignal signal, TimeProvider clock, ILogger<TimerRunner> logger)
    : BackgroundService
{
    private const long LockKey = 0x4558504F_54494D45; // "EXPOTIME"
    private const int Page = 100;
    private static readonly ActivitySource Source = new("Expo.Kernel");
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await Lead(connection, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, what is due stays due: the runner must outlive a lost connection and a restarted server.
                Paused(logger, e);
                await signal.Wait(FirstRetry, stoppingToken);
            }
        }
    }

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        while (true)
        {
            // Asked again on each round, so that the node that just wrote something due can run it at once, and a lost connection shows.
            if (await Ask("select pg_try_advisory_lock($1)", ct))
            {
                try
                {
                    while (await RunDue(ct) == Page) { }
                }
                finally
                {
                    // The pool does not reset connections, so the lock is given back whatever happened.
                    await Ask("select pg_advisory_unlock($1)", CancellationToken.None);
                }
            }

            await signal.Wait(Poll, ct);
        }

        async Task<bool> Ask(string sql, CancellationToken token)
        {
            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = LockKey } } };
            return await command.ExecuteScalarAsync(token) is true;
        }
    }

    private async Task<int> RunDue(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var rows = await session.QueryAsync<TimerRow>("where d.due_at <= ? order by d.due_at, d.id limit ?", ct, clock.GetUtcNow(), Page);
        foreach (var row in rows)
            await Run(row, ct);
        return rows.Count;
    }

    private async Task Run(TimerRow row, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var call = scope.ServiceProvider.GetRequiredService<Call>();
        call.Actor = row.Actor;
        call.Edition = row.Edition;
        call.Cause = row.Cause;
        // A first attempt at what was due at once belongs to what made it so; later ones only refer to it.
        ActivityContext.TryParse(row.Trace, null, isRemote: true, out var origin);
        using var span = row.Attempts == 0
            ? Source.StartActivity(row.Name, ActivityKind.Internal, origin)
            : Source.StartActivity(row.Name, ActivityKind.Internal, default(ActivityContext), links: origin == default ? null : [new(origin)]);
        await using var session = store.LightweightSession();
        try
        {
            await reactions.Run(scope.ServiceProvider, row, ct);
            session.Delete<TimerRow>(row.Id);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Never dropped: it comes back later and later, and stands in the log until it works.
            ReactionFailed(logger, e, row.Name, row.Stream, row.Attempts + 1);
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            var wait = FirstRetry * Math.Pow(2, Math.Min(row.Attempts, 10));
            session.Store(row with { DueAt = clock.GetUtcNow() + (wait < LastRetry ? wait : LastRetry), Attempts = row.Attempts + 1 });
        }

        await session.SaveChangesAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Timers pause, and go on when the database answers")]
    private static partial void Paused(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reaction {Name} for stream {Stream} failed, attempt {Attempt}")]
    private static partial void ReactionFailed(ILogger logger, Exception failure, string name, Guid stream, int attempt);
}
