using Marten.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Events.Daemon;

/// <summary>
/// Finds the number up to which every event is either visible or will never exist. Numbers are drawn before a commit and in
/// another order, so a missing one may still turn up. Each append holds a shared advisory lock from before it draws until after
/// it is visible or gone; so a number that is missing in a scan is dead when every holder of that lock seen after an earlier
/// scan that already showed a higher number has since gone. Each step is a statement of its own, so each has a later snapshot.
/// Nothing else is asked: other transactions, of this or another database, neither delay the mark nor are mistaken for appends.
/// </summary>
internal sealed partial class HighWater(DocumentStore store)
{
    private const int Window = 10_000;
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(30);

    private readonly string _scan =
        "select max(e.seq_id) filter (where e.seq_id = $1 + e.n), min(e.seq_id) filter (where e.seq_id > $1 + e.n), max(e.seq_id), count(*) "
        + $"from (select seq_id, row_number() over (order by seq_id) as n from {store.Events.DatabaseSchemaName}.mt_events "
        + $"where seq_id > $1 order by seq_id limit {Window}) e";

    private readonly string _appenders =
        "select virtualtransaction from pg_locks where locktype = 'advisory' and granted and objsubid = 2 "
        + $"and classid = {store.AppendLock.Class} and objid = {store.AppendLock.Key} "
        + "and database = (select oid from pg_database where datname = current_database())";

    private readonly string _holders =
        "select coalesce(string_agg(format('process %s (%s, in its transaction since %s)', l.pid, coalesce(nullif(a.application_name, ''), 'unnamed'), "
        + "to_char(a.xact_start at time zone 'utc', 'HH24:MI:SS')), ', '), 'nobody any more') from pg_locks l left join pg_stat_activity a on a.pid = l.pid "
        + "where l.locktype = 'advisory' and l.granted and l.objsubid = 2 "
        + $"and l.classid = {store.AppendLock.Class} and l.objid = {store.AppendLock.Key} and l.virtualtransaction = any($1) "
        + "and l.database = (select oid from pg_database where datname = current_database())";

    private readonly string _keep =
        $"insert into {store.Events.DatabaseSchemaName}.mt_event_progression as p (name, last_seq_id) values ('HighWaterMark', $1) "
        + "on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp() where p.last_seq_id < excluded.last_seq_id";

    private readonly string _keepSkip =
        $"insert into {store.Events.DatabaseSchemaName}.mt_high_water_skips (starting_sequence, ending_sequence) values ($1, $2) on conflict do nothing";

    private Sighting? _sighting;
    private long _waitingSince;
    private long _saidAt;
    private long _settled;
    private long _kept;

    public long Mark { get; private set; }

    /// <summary>A number is missing and an append that may own it still runs.</summary>
    public bool IsWaiting => _sighting is not null;

    /// <summary>How long the mark has not moved because of such an append.</summary>
    public TimeSpan Held => Volatile.Read(ref _waitingSince) is var since and not 0 ? TimeSpan.FromMilliseconds(Environment.TickCount64 - since) : TimeSpan.Zero;

    public async Task Load(CancellationToken ct)
    {
        await using var session = store.Session();
        var kept = await session.Read(store.EventSql.Progress, async (row, token) => await row.ReadAsync(token) ? row.GetInt64(0) : 0, ct, Db.Text("HighWaterMark"));
        (Mark, _kept, _settled, _sighting) = (kept, kept, 0, null);
    }

    /// <summary>Moves the mark as far as it may go now; true when there may be more at once.</summary>
    public async Task<bool> Advance(CancellationToken ct)
    {
        var before = Mark;
        var more = await Step(ct);
        if (!IsWaiting) Volatile.Write(ref _waitingSince, 0);
        else if (Mark > before || _waitingSince == 0) (_waitingSince, _saidAt) = (Environment.TickCount64, 0);
        else if (Held > store.StoreOptions.Projections.StaleSequenceThreshold && Environment.TickCount64 - _saidAt > BetweenWarnings.TotalMilliseconds) await Say(ct);
        return more;
    }

    private async Task Say(CancellationToken ct)
    {
        _saidAt = Environment.TickCount64;
        await using var session = store.Session();
        var holders = await session.Read(_holders, async (row, token) => await row.ReadAsync(token) ? row.GetString(0) : "", ct,
            Db.Array(_sighting!.StillThere.ToArray(), NpgsqlTypes.NpgsqlDbType.Text));
        LogHeld(store.Logger, Mark, Held.TotalSeconds, holders);
    }

    private async Task<bool> Step(CancellationToken ct)
    {
        while (true)
        {
            var scan = await Scan(ct);
            Mark = scan.End ?? Mark;
            if (scan.Next is not { } next)
            {
                _sighting = null;
                return scan.Count == Window;
            }

            if (Mark < _settled)
            {
                // This scan began after everybody who could have filled the hole was gone.
                await Skip(Math.Min(next - 1, _settled), ct);
                continue;
            }

            if (_sighting is null || _sighting.Ceiling <= Mark) _sighting = new Sighting(scan.Last!.Value, await Appenders(ct));
            else _sighting.StillThere.IntersectWith(await Appenders(ct));
            if (_sighting.StillThere.Count > 0) return false;
            (_settled, _sighting) = (_sighting.Ceiling, null);
        }
    }

    /// <summary>Remembers the mark for other nodes and the real package; a restart begins there.</summary>
    public async Task Keep(CancellationToken ct)
    {
        if (Mark <= _kept) return;
        await using var command = store.DataSource.CreateCommand(_keep);
        command.Parameters.Add(Db.Bigint(Mark));
        await command.ExecuteNonQueryAsync(ct);
        _kept = Mark;
    }

    private async Task Skip(long ending, CancellationToken ct)
    {
        LogSkipped(store.Logger, Mark + 1, ending);
        if (store.Events.EnableAdvancedAsyncTracking)
        {
            await using var command = store.DataSource.CreateCommand(_keepSkip);
            command.Parameters.Add(Db.Bigint(Mark));
            command.Parameters.Add(Db.Bigint(ending));
            await command.ExecuteNonQueryAsync(ct);
        }

        Mark = ending;
    }

    private async Task<(long? End, long? Next, long? Last, long Count)> Scan(CancellationToken ct)
    {
        await using var session = store.Session();
        return await session.Read(_scan, async (row, token) =>
        {
            await row.ReadAsync(token);
            return (Number(row, 0), Number(row, 1), Number(row, 2), row.GetInt64(3));
        }, ct, Db.Bigint(Mark));
    }

    private async Task<HashSet<string>> Appenders(CancellationToken ct)
    {
        await using var session = store.Session();
        return await session.Read(_appenders, async (rows, token) =>
        {
            var holders = new HashSet<string>(StringComparer.Ordinal);
            while (await rows.ReadAsync(token)) holders.Add(rows.GetString(0));
            return holders;
        }, ct);
    }

    private static long? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    [LoggerMessage(Level = LogLevel.Debug, Message = "No event will ever have the numbers {First} to {Last}: their appends ended without a commit")]
    private static partial void LogSkipped(ILogger logger, long first, long last);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mark has waited after event {Mark} for {Seconds:F0} s for an append that is still open: {Holders}")]
    private static partial void LogHeld(ILogger logger, long mark, double seconds, string holders);

    /// <summary>A scan that showed a hole below the ceiling, and who was appending after it.</summary>
    private sealed record Sighting(long Ceiling, HashSet<string> StillThere);
}
