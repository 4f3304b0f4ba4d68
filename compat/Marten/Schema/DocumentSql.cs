namespace Marten.Schema;

/// <summary>The statements of one document table. Parameters: $1 id, $2 body, $3 version, $4 class, then duplicated columns.</summary>
internal sealed class DocumentSql
{
    public DocumentSql(DocumentMapping mapping)
    {
        var table = mapping.QualifiedTable;
        var functions = mapping.SchemaName;
        var extra = mapping.Duplicates.Select(d => d.Column).ToList();
        string[] columns = ["id", "data", "mt_version", "mt_dotnet_type", .. extra];
        var values = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        var insert = $"insert into {table} ({string.Join(", ", columns)}) values ({values})";
        var changes = string.Concat(columns.Skip(3).Append("data").Select(c => $", {c} = excluded.{c}"));
        var updates = string.Concat(columns.Select((c, i) => (c, i)).Where(x => x.i is 1 or >= 3).Select(x => $", {x.c} = ${x.i + 1}"));
        var set = $"update {table} set mt_last_modified = transaction_timestamp(){updates}";
        var expected = $"${columns.Length + 1}";

        Insert = insert;
        Upsert = $"{insert} on conflict (id) do update set mt_last_modified = transaction_timestamp(), "
            + $"mt_version = {(mapping.UseNumericRevisions ? $"{table}.mt_version + 1" : "excluded.mt_version")}{changes}";
        var replace = $"on conflict (id) do update set mt_last_modified = transaction_timestamp(), mt_version = excluded.mt_version{changes}";
        Project = $"{insert} {replace}";

        // A look before the write costs less than counting what was written.
        ProjectOnto = $"insert into {table} ({string.Join(", ", columns)}) select {values} where case when exists(select from {table} "
            + $"where id = $1 and mt_last_modified = {expected}) then true else {functions}.mt_require_change(0) end {replace}";
        Update = Checked($"{set}, mt_version = {(mapping.HasNumericVersion ? "mt_version + 1" : "$3")} where id = $1");
        UpdateExpected = Checked($"{set}, mt_version = $3 where id = $1 and mt_version = {expected}");
        UpdateRevision = Checked($"{set}, mt_version = $3 where id = $1 and mt_version < $3");
        TryUpdateRevision = $"{set}, mt_version = $3 where id = $1 and mt_version < $3";
        InsertIfAbsent = Checked($"{insert} on conflict (id) do nothing");
        Delete = $"delete from {table} where id = $1";
        DeleteOnto = Checked($"delete from {table} where id = $1 and mt_last_modified = $2");
        Load = $"select data, mt_version from {table} where id = $1";
        LoadSnapshot = $"select data, mt_last_modified from {table} where id = $1";
        LoadMany = $"select data, mt_version from {table} where id = any($1)";
        Exists = $"select exists(select 1 from {table} where id = $1)";
        Metadata = $"select mt_version, mt_last_modified, mt_dotnet_type from {table} where id = $1";
        Select = $"select d.data from {table} as d ";

        string Checked(string change) =>
            $"with changed as ({change} returning 1) select case when exists(select from changed) then true else {functions}.mt_require_change(0) end as mt_checked";
    }

    public string Insert { get; }
    public string Upsert { get; }
    public string Project { get; }

    /// <summary>Only onto the very row that was folded on.</summary>
    public string ProjectOnto { get; }
    public string Update { get; }
    public string UpdateExpected { get; }
    public string UpdateRevision { get; }
    public string TryUpdateRevision { get; }
    public string InsertIfAbsent { get; }
    public string Delete { get; }
    public string DeleteOnto { get; }
    public string Load { get; }
    public string LoadSnapshot { get; }
    public string LoadMany { get; }
    public string Exists { get; }
    public string Metadata { get; }
    public string Select { get; }
}
