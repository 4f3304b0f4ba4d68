using System.Text;

namespace Marten.Schema;

/// <summary>A column and the rest of its definition.</summary>
internal sealed record SchemaColumn(string Name, string Definition);

/// <summary>A table that is created whole, or given the columns it lacks.</summary>
internal sealed record SchemaTable(string Schema, string Name, IReadOnlyList<SchemaColumn> Columns)
{
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>Sequences and indexes that go with it, by name; one that exists is not touched, so nothing is locked for it.</summary>
    public IReadOnlyList<(string Name, string Sql)> After { get; init; } = [];

    public string CreateSql => $"create table if not exists {Schema}.{Name} (\n    "
        + string.Join(",\n    ", Columns.Select(c => $"{c.Name} {c.Definition}").Concat(Constraints)) + "\n)";

    public string AddColumnSql(SchemaColumn column) => $"alter table {Schema}.{Name} add column if not exists {column.Name} {column.Definition}";

    public static SchemaTable For(DocumentMapping mapping)
    {
        List<SchemaColumn> columns =
        [
            new("id", $"{mapping.IdSqlType} not null"),
            new("data", "jsonb not null"),
            new("mt_last_modified", "timestamptz null default transaction_timestamp()"),
            new("mt_version", mapping.HasNumericVersion ? "bigint not null default 0" : "uuid not null default (md5(random()::text || clock_timestamp()::text)::uuid)"),
            new("mt_dotnet_type", "varchar null"),
            .. mapping.Duplicates.DistinctBy(d => d.Column).Select(d => new SchemaColumn(d.Column, d.SqlType + (d.NotNull ? " not null" : " null"))),
        ];
        return new SchemaTable(mapping.SchemaName, mapping.Table, columns)
        {
            Constraints = [$"constraint {SchemaNames.PrimaryKey(mapping)} primary key (id)"],
            After = [.. mapping.Indexes.Select(i => Index(mapping, i))],
        };
    }

    private static (string Name, string Sql) Index(DocumentMapping mapping, MappedIndex mapped)
    {
        var index = mapped.Definition;
        var columns = mapped.Members.Count == 0 ? "data" : string.Join('_', mapped.Members.Select(SqlNames.ColumnFor));
        var name = index.Name.Length > 0 ? index.Name : $"{mapping.Table}_{(index.IsUnique ? "uidx" : "idx")}_{columns}";
        var sql = new StringBuilder("create ");
        if (index.IsUnique) sql.Append("unique ");
        sql.Append("index ").Append(name).Append(" on ").Append(mapping.QualifiedTable);
        if (mapped.Members.Count == 0) sql.Append(" using gin (data jsonb_path_ops)");
        else sql.Append(" (").AppendJoin(", ", mapped.Members.Select(mapping.Locator)).Append(')');
        if (index.Predicate is { } predicate) sql.Append(" where ").Append(predicate);
        return (name, sql.ToString());
    }
}
