using JasperFx;
using JasperFx.Events.Documents;
using Marten.Exceptions;
using Marten.Schema;
using Npgsql;
using NpgsqlTypes;
using Weasel.Storage;

namespace Marten.Sessions;

/// <summary>One statement of a unit of work, and what its failure means.</summary>
internal abstract class StorageOperation
{
    public abstract NpgsqlBatchCommand Command(DocumentSession session);

    /// <summary>Whether the statement answers with rows of (sequence, version).</summary>
    public virtual bool ReturnsVersions => false;

    public virtual void Returned(long sequence, long version) { }

    /// <summary>The exception upstream promises for this failure; null when it promises none.</summary>
    public virtual Exception? Translate(PostgresException error) => null;
}

/// <summary>What happens to a document.</summary>
internal enum DocumentChange { Upsert, Insert, Update, UpdateExpected, UpdateRevision, TryUpdateRevision, InsertIfAbsent, Project, Delete }

/// <summary>Writes or deletes one document; where something is expected, only what is as expected.</summary>
internal sealed class DocumentOperation(DocumentChange change, DocumentMapping mapping, object id, object? document, object? version = null, object? expected = null)
    : StorageOperation
{
    public const string NothingChanged = "MT010";

    public DocumentChange Change => change;
    public object? Document => document;
    public object Id => id;
    public DocumentMapping Mapping => mapping;
    public object? NewVersion { get; private set; } = version;

    public Deletion ToDeletion() => new(mapping.Type, document!, id);

    public override NpgsqlBatchCommand Command(DocumentSession session)
    {
        var sql = mapping.Sql;
        var command = new NpgsqlBatchCommand(change switch
        {
            DocumentChange.Upsert => sql.Upsert,
            DocumentChange.Insert => sql.Insert,
            DocumentChange.Update => sql.Update,
            DocumentChange.UpdateExpected => sql.UpdateExpected,
            DocumentChange.UpdateRevision => sql.UpdateRevision,
            DocumentChange.TryUpdateRevision => sql.TryUpdateRevision,
            DocumentChange.InsertIfAbsent => sql.InsertIfAbsent,
            DocumentChange.Project => expected is null ? sql.Project : sql.ProjectOnto,
            _ => expected is null ? sql.Delete : sql.DeleteOnto,
        });
        var parameters = command.Parameters;
        parameters.Add(Db.Any(id, mapping.IdDbType));
        if (change != DocumentChange.Delete) AddDocument(parameters, session);
        if (expected is not null) parameters.Add(Db.Untyped(expected));
        return command;
    }

    private void AddDocument(NpgsqlParameterCollection parameters, DocumentSession session)
    {
        NewVersion ??= mapping.HasNumericVersion ? 1L : Guid.CreateVersion7();
        parameters.Add(Db.Jsonb(session.Json.ToUtf8(document!)));
        parameters.Add(Db.Any(NewVersion, NpgsqlDbType.Bigint));
        parameters.Add(Db.Text(mapping.Type.FullName));
        foreach (var field in mapping.Duplicates) parameters.Add(Db.Untyped(field.Read(document!)));
    }

    public override Exception? Translate(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation when change == DocumentChange.Insert && error.TableName == mapping.Table
            && error.ConstraintName == SchemaNames.PrimaryKey(mapping) => new DocumentAlreadyExistsException(error, mapping.Type, id),
        NothingChanged when change == DocumentChange.Update => new NonExistentDocumentException(mapping.Type, id),
        NothingChanged => new ConcurrencyException(mapping.Type, id),
        _ => null,
    };
}

/// <summary>What was deleted; without the document when only its identity was named.</summary>
internal sealed class Deletion(Type documentType, object document, object id) : IDeletion, IDocumentDeletion
{
    public Type DocumentType => documentType;
    public object Document { get; set; } = document;
    public object Id { get; set; } = id;
}

/// <summary>SQL the application queued.</summary>
internal sealed class SqlOperation(string sql, object[] parameters, char placeholder) : StorageOperation
{
    public override NpgsqlBatchCommand Command(DocumentSession session)
    {
        var command = new NpgsqlBatchCommand(Placeholders.Number(sql, placeholder));
        foreach (var parameter in parameters) command.Parameters.Add(Db.Untyped(parameter));
        return command;
    }
}

/// <summary>A statement of the store's own with ready parameters.</summary>
internal sealed class Statement(string sql, params NpgsqlParameter[] parameters) : StorageOperation
{
    public Func<PostgresException, Exception?>? OnError { get; init; }

    public override NpgsqlBatchCommand Command(DocumentSession session)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    public override Exception? Translate(PostgresException error) => OnError?.Invoke(error);
}
