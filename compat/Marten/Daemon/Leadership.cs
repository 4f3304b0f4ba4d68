using JasperFx.Events.Projections;
using Marten.Schema;
using Marten.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Events.Daemon;

/// <summary>
/// Runs one shard on this node while this node holds its advisory lock, on a connection of its own. Losing the connection is
/// losing the lock, which the old leader may notice late: so each leader takes a higher token, and pages commit only under the highest.
/// </summary>
internal sealed partial class Leadership(DocumentStore store, ProjectionDaemon daemon, ShardName shard)
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(1);

    private readonly long _lockId = store.StoreOptions.Projections.DaemonLockId + (long)StableHash.Of($"{store.Events.DatabaseSchemaName}:{shard.Identity}");

    private TimeSpan Polling => TimeSpan.FromMilliseconds(store.StoreOptions.Projections.LeadershipPollingTime);

    public async Task Run(CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await store.DataSource.OpenConnectionAsync(ct);
                if (await Ask(connection, "select pg_try_advisory_lock($1)")) await Lead(connection, ct);
                else await daemon.StopAgentAsync(shard.Identity); // in case something started it that did not know of the new leader
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLost(store.Logger, shard.Identity, Failures.Describe(e));
            }

            await Task.Delay(Polling, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        LogLeading(store.Logger, shard.Identity);
        try
        {
            await daemon.StartAgentAsync(shard.Identity, await TakeLease(connection), ct);
            var check = Polling < LongestCheck ? Polling : LongestCheck;
            while (!ct.IsCancellationRequested)
            {
                await Task.Delay(check, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await Ask(connection, "select $1 is not null");
            }
        }
        finally
        {
            // The shard stops before the lock is given back, so its successor starts after its last commit.
            await daemon.StopAgentAsync(shard.Identity);
            if (connection.State == System.Data.ConnectionState.Open) await Ask(connection, "select pg_advisory_unlock($1)");
        }
    }

    private async Task<long> TakeLease(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(store.EventSql.TakeLease, connection);
        command.Parameters.Add(Db.Text(shard.Identity));
        command.Parameters.Add(Db.Text($"{Environment.MachineName}:{Environment.ProcessId}"));
        return (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }

    // Never cancelled half-way: a lock taken unnoticed would go back to the pool with its connection.
    private async Task<bool> Ask(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Db.Bigint(_lockId));
        return await command.ExecuteScalarAsync(CancellationToken.None) is true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This node runs {Shard}")]
    private static partial void LogLeading(ILogger logger, string shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This node does not run {Shard} for now: {Failure}")]
    internal static partial void LogLost(ILogger logger, string shard, string failure);
}
