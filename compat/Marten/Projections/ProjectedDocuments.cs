using Marten.Schema;
using Marten.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Events.Projections;

/// <summary>All documents one page of events changed, as two statements at most.</summary>
internal sealed class ProjectedDocuments(DocumentMapping mapping)
{
    private readonly List<(object Id, object Document, long Version)> _puts = [];
    private readonly List<object> _removes = [];

    public bool Any => _puts.Count + _removes.Count > 0;

    public void Put(object id, object document, long version) => _puts.Add((id, document, version));

    public void Remove(object id) => _removes.Add(id);

    public IEnumerable<StorageOperation> Operations(Func<object, byte[]> toJson)
    {
        if (_removes.Count > 0)
            yield return new Statement($"delete from {mapping.QualifiedTable} where id = any($1)", Ids(_removes));
        if (_puts.Count == 0) yield break;
        if (mapping.Duplicates.Count > 0)
        {
            foreach (var (id, document, version) in _puts)
                yield return new DocumentOperation(DocumentChange.Project, mapping, id, document, version);
            yield break;
        }

        yield return new Statement(
            $"insert into {mapping.QualifiedTable} (id, data, mt_version, mt_dotnet_type) "
            + $"select u.id, u.data, u.version, $4 from unnest($1::{mapping.IdSqlType}[], $2::jsonb[], $3::bigint[]) as u(id, data, version) "
            + "on conflict (id) do update set data = excluded.data, mt_version = excluded.mt_version, "
            + "mt_dotnet_type = excluded.mt_dotnet_type, mt_last_modified = transaction_timestamp()",
            Ids(_puts.ConvertAll(p => p.Id)),
            Db.Array(_puts.Select(p => toJson(p.Document)).ToArray(), NpgsqlDbType.Jsonb),
            Db.Array(_puts.Select(p => p.Version).ToArray(), NpgsqlDbType.Bigint),
            Db.Text(mapping.Type.FullName));
    }

    public static NpgsqlParameter Ids(DocumentMapping mapping, IReadOnlyCollection<object> ids) => mapping.IdDbType switch
    {
        NpgsqlDbType.Uuid => Db.Array(ids.Cast<Guid>().ToArray(), NpgsqlDbType.Uuid),
        NpgsqlDbType.Integer => Db.Array(ids.Cast<int>().ToArray(), NpgsqlDbType.Integer),
        NpgsqlDbType.Bigint => Db.Array(ids.Cast<long>().ToArray(), NpgsqlDbType.Bigint),
        _ => Db.Array(ids.Cast<string>().ToArray(), NpgsqlDbType.Varchar),
    };

    private NpgsqlParameter Ids(List<object> ids) => Ids(mapping, ids);
}
