using System.Linq.Expressions;
using JasperFx.Events;
using JasperFx.Events.Protected;
using Marten.Sessions;

namespace JasperFx.Events.Protected
{
    /// <summary>Names the events whose protected information is to be masked.</summary>
    public interface IEventDataMasking
    {
        IEventDataMasking ForTenant(string tenantId);
        IEventDataMasking IncludeStream(Guid streamId);
        IEventDataMasking IncludeStream(Guid streamId, Func<IEvent, bool> filter);
        IEventDataMasking IncludeEvents(Expression<Func<IEvent, bool>> filter);
        IEventDataMasking AddHeader(string key, object value);
    }
}

namespace Marten.Events
{
    /// <summary>
    /// Rewrites the bodies of stored events by the rules given in the options, in archived streams too, and folds the snapshots of
    /// the streams anew, which would otherwise go on saying what the events no longer do.
    /// </summary>
    internal sealed class Masking(DocumentStore store) : IEventDataMasking
    {
        private const int Page = 500;

        private readonly List<(Guid Stream, Func<IEvent, bool> Wanted)> _streams = [];
        private readonly List<Func<IEvent, bool>> _filters = [];
        private readonly Dictionary<string, object> _headers = new(StringComparer.Ordinal);

        public IEventDataMasking ForTenant(string tenantId) => this;

        public IEventDataMasking IncludeStream(Guid streamId) => IncludeStream(streamId, static _ => true);

        public IEventDataMasking IncludeStream(Guid streamId, Func<IEvent, bool> filter) => With(() => _streams.Add((streamId, filter)));

        public IEventDataMasking IncludeEvents(Expression<Func<IEvent, bool>> filter) => With(() => _filters.Add(filter.Compile()));

        public IEventDataMasking AddHeader(string key, object value) => With(() => _headers[key] = value);

        public async Task Run(CancellationToken ct)
        {
            var masked = new HashSet<Guid>();
            foreach (var (stream, wanted) in _streams)
                await Mask(await Read("e.stream_id = $1 order by e.version", ct, Db.Uuid(stream)), wanted, masked, ct);

            var floor = 0L;
            while (_filters.Count > 0)
            {
                var page = await Read($"e.seq_id > $1 and e.type <> '{EventSql.Tombstone}' order by e.seq_id limit {Page}", ct, Db.Bigint(floor));
                if (page.Count == 0) break;
                await Mask(page, e => _filters.Exists(filter => filter(e)), masked, ct);
                floor = page[^1].Sequence;
            }

            foreach (var stream in masked) await store.Advanced.RebuildSnapshots(stream, ct);
        }

        private async Task Mask(List<IEvent> events, Func<IEvent, bool> wanted, HashSet<Guid> masked, CancellationToken ct)
        {
            await using var session = store.Session();
            foreach (var e in events.Where(wanted))
            {
                if (store.Events.Mask(e) is not { } body) continue;
                foreach (var (key, value) in _headers) e.SetHeader(key, value);
                session.Queue(Rewrite(e, body, session));
                masked.Add(e.StreamId);
            }

            await session.SaveChangesAsync(ct);
        }

        private Statement Rewrite(IEvent e, object body, DocumentSession session)
        {
            var table = $"{store.Events.DatabaseSchemaName}.mt_events";
            var data = Db.Jsonb(session.Json.ToUtf8(body));
            return store.Events.MetadataConfig.HeadersEnabled && _headers.Count > 0
                ? new Statement($"update {table} set data = $2, headers = $3 where seq_id = $1", Db.Bigint(e.Sequence), data, Db.Jsonb(session.Json.ToUtf8(e.Headers!)))
                : new Statement($"update {table} set data = $2 where seq_id = $1", Db.Bigint(e.Sequence), data);
        }

        private async Task<List<IEvent>> Read(string where, CancellationToken ct, Npgsql.NpgsqlParameter parameter)
        {
            await using var session = store.Session();
            return await session.Read($"select {store.EventSql.Columns} from {store.Events.DatabaseSchemaName}.mt_events e where {where}",
                (rows, token) => new ValueTask<List<IEvent>>(store.EventReader.ReadAll(rows, token)), ct, parameter);
        }

        private Masking With(Action change)
        {
            change();
            return this;
        }
    }
}
