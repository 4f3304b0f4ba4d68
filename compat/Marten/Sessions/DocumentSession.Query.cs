using System.Data.Common;
using Marten.Schema;
using Marten.Storage.Metadata;
using Npgsql;

namespace Marten.Sessions;

internal sealed partial class DocumentSession
{
    private Dictionary<(Type, object), object>? _versions;
    private Dictionary<(Type, object), object>? _loaded;

    /// <summary>From here on a document is loaded once: upstream gives subscriptions a session with an identity map.</summary>
    internal void LoadOnce() => _loaded = [];

    public Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : notnull => Load<T>(id, token);
    public Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull => Load<T>(id, token);
    public Task<T?> LoadAsync<T>(int id, CancellationToken token = default) where T : notnull => Load<T>(id, token);
    public Task<T?> LoadAsync<T>(long id, CancellationToken token = default) where T : notnull => Load<T>(id, token);
    public Task<T?> LoadAsync<T>(object id, CancellationToken token = default) where T : notnull => Load<T>(id, token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params Guid[] ids) where T : notnull => LoadMany<T>(ids, default);
    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params string[] ids) where T : notnull => LoadMany<T>(ids, default);
    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<Guid> ids) where T : notnull => LoadMany<T>(ids.ToArray(), default);
    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<string> ids) where T : notnull => LoadMany<T>(ids.ToArray(), default);
    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params Guid[] ids) where T : notnull => LoadMany<T>(ids, token);
    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params string[] ids) where T : notnull => LoadMany<T>(ids, token);
    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<Guid> ids) where T : notnull => LoadMany<T>(ids.ToArray(), token);
    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<string> ids) where T : notnull => LoadMany<T>(ids.ToArray(), token);

    public Task<bool> CheckExistsAsync<T>(Guid id, CancellationToken token = default) where T : notnull => CheckExistsAsync<T>((object)id, token);
    public Task<bool> CheckExistsAsync<T>(string id, CancellationToken token = default) where T : notnull => CheckExistsAsync<T>((object)id, token);

    public async Task<bool> CheckExistsAsync<T>(object id, CancellationToken token = default) where T : notnull
    {
        var mapping = await Mapped<T>(token);
        return await Read(mapping.Sql.Exists, async (row, ct) => await row.ReadAsync(ct) && row.GetBoolean(0), token, Db.Any(id, mapping.IdDbType));
    }

    public async Task<DocumentMetadata> MetadataForAsync<T>(T entity, CancellationToken token = default) where T : notnull
    {
        var mapping = await Mapped<T>(token);
        var id = mapping.GetId(entity);
        return await Read(mapping.Sql.Metadata, async (row, ct) => !await row.ReadAsync(ct) ? null! : new DocumentMetadata(id)
        {
            CurrentVersion = mapping.HasNumericVersion ? Guid.Empty : row.GetGuid(0),
            CurrentRevision = mapping.HasNumericVersion ? row.GetInt64(0) : 0,
            LastModified = row.GetFieldValue<DateTimeOffset>(1),
            DotNetType = row.IsDBNull(2) ? "" : row.GetString(2),
        }, token, Db.Any(id, mapping.IdDbType));
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, params object[] parameters) => QueryAsync<T>('?', sql, default, parameters);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token, params object[] parameters) =>
        QueryAsync<T>('?', sql, token, parameters);

    public Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, params object[] parameters) =>
        QueryAsync<T>(placeholder, sql, default, parameters);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, CancellationToken token, params object[] parameters)
    {
        var text = Placeholders.Number(sql, placeholder);
        if (!IsWholeQuery(text)) text = (await Mapped<T>(token)).Sql.Select + Clause(text);
        return await Read(text, ReadAll<T>, token, Array.ConvertAll(parameters, Db.Untyped));
    }

    public async Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken token = default)
    {
        await using var lease = await Borrow(token);
        (command.Connection, command.Transaction) = (lease.Connection, _transaction);
        return await command.ExecuteNonQueryAsync(token);
    }

    public async Task<DbDataReader> ExecuteReaderAsync(NpgsqlCommand command, CancellationToken token = default)
    {
        // The reader outlives this call, so the connection stays with the session.
        await Owner.Schema.EnsureAsync(token);
        (command.Connection, command.Transaction) = (Connection, _transaction);
        return await command.ExecuteReaderAsync(token);
    }

    /// <summary>The current documents a page of events will change, in one round trip.</summary>
    internal async Task<Dictionary<object, object>> LoadForProjection(DocumentMapping mapping, IReadOnlyCollection<object> ids, CancellationToken ct)
    {
        var found = new Dictionary<object, object>(ids.Count);
        if (ids.Count == 0) return found;
        await Read(mapping.Sql.LoadMany, async (rows, token) =>
        {
            while (await rows.ReadAsync(token))
            {
                var document = Json.FromUtf8(rows.GetFieldValue<byte[]>(0), mapping.Type);
                found[mapping.GetId(document)] = document;
            }

            return found;
        }, ct, Marten.Events.Projections.ProjectedDocuments.Ids(mapping, ids));
        return found;
    }

    /// <summary>A stream's snapshot and when it was written.</summary>
    internal Task<(object? Document, DateTimeOffset? Written)> LoadSnapshot(DocumentMapping mapping, Guid stream, CancellationToken ct) =>
        Read<(object?, DateTimeOffset?)>(mapping.Sql.LoadSnapshot, async (row, token) => await row.ReadAsync(token)
            ? (Json.FromUtf8(row.GetFieldValue<byte[]>(0), mapping.Type), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1))
            : (null, null), ct, Db.Uuid(stream));

    private async Task<T?> Load<T>(object id, CancellationToken ct) where T : notnull
    {
        var mapping = await Mapped<T>(ct);
        if (_loaded?.TryGetValue((typeof(T), id), out var known) == true) return (T)known;
        var document = await Read(mapping.Sql.Load, async (row, token) =>
        {
            if (!await row.ReadAsync(token)) return default;
            if (mapping.UseOptimisticConcurrency) (_versions ??= [])[(typeof(T), id)] = row.GetValue(1);
            return Json.FromUtf8<T>(row.GetFieldValue<byte[]>(0));
        }, ct, Db.Any(id, mapping.IdDbType));
        if (document is null) return document;
        _loaded?[(typeof(T), id)] = document;
        foreach (var listener in Listeners) listener.DocumentLoaded(id, document);
        return document;
    }

    private async Task<IReadOnlyList<T>> LoadMany<T>(Array ids, CancellationToken ct) where T : notnull
    {
        var mapping = await Mapped<T>(ct);
        return await Read(mapping.Sql.LoadMany, ReadAll<T>, ct,
            new NpgsqlParameter { Value = ids, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | mapping.IdDbType });
    }

    private async ValueTask<IReadOnlyList<T>> ReadAll<T>(NpgsqlDataReader rows, CancellationToken ct)
    {
        var all = new List<T>();
        while (await rows.ReadAsync(ct))
            if (Scalars.Contains<T>()) all.Add(rows.IsDBNull(0) ? default! : Scalars.Read<T>(rows));
            else if (!rows.IsDBNull(0)) all.Add(Json.FromUtf8<T>(rows.GetFieldValue<byte[]>(0)));
        return all;
    }

    private ValueTask<DocumentMapping> Mapped<T>(CancellationToken ct) => Owner.Schema.MappedAsync(MappingFor(typeof(T)), ct);

    private static string Clause(string sql) =>
        sql.AsSpan().TrimStart().StartsWith("where", StringComparison.OrdinalIgnoreCase) || sql.AsSpan().TrimStart().StartsWith("order", StringComparison.OrdinalIgnoreCase)
        || sql.Contains(" where ", StringComparison.OrdinalIgnoreCase) ? sql : $"where {sql}";

    private static bool IsWholeQuery(string sql)
    {
        var start = sql.AsSpan().TrimStart();
        return start.StartsWith("select", StringComparison.OrdinalIgnoreCase) || start.StartsWith("with", StringComparison.OrdinalIgnoreCase);
    }
}
