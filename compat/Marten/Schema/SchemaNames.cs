namespace Marten.Schema;

/// <summary>Names of objects in the database, as upstream gives them.</summary>
internal static class SchemaNames
{
    public const string StreamPrimaryKey = "pkey_mt_streams_id";
    public const string EventPrimaryKey = "pkey_mt_events_seq_id";
    public const string StreamAndVersion = "pk_mt_events_stream_and_version";

    public static string PrimaryKey(DocumentMapping mapping) => $"pkey_{mapping.Table}_id";
}
