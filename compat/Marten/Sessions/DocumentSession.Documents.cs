using JasperFx.Events.Projections;
using Marten.Events.Projections;
using Marten.Schema;

namespace Marten.Sessions;

internal sealed partial class DocumentSession
{
    private readonly List<StorageOperation> _operations = [];

    public void Store<T>(params T[] entities) where T : notnull => Change(DocumentChange.Upsert, entities);
    public void Store<T>(IEnumerable<T> entities) where T : notnull => Change(DocumentChange.Upsert, entities);
    public void Insert<T>(params T[] entities) where T : notnull => Change(DocumentChange.Insert, entities);
    public void Insert<T>(IEnumerable<T> entities) where T : notnull => Change(DocumentChange.Insert, entities);
    public void Update<T>(params T[] entities) where T : notnull => Change(DocumentChange.Update, entities);
    public void Update<T>(IEnumerable<T> entities) where T : notnull => Change(DocumentChange.Update, entities);
    public void StoreObjects(IEnumerable<object> documents) => Change(DocumentChange.Upsert, documents);
    public void InsertObjects(IEnumerable<object> documents) => Change(DocumentChange.Insert, documents);

    public void UpdateRevision<T>(T entity, long revision) where T : notnull =>
        Queue(Operation(DocumentChange.UpdateRevision, entity, revision));

    /// <summary>Writes the document unless it is at this revision or a later one already.</summary>
    public void TryUpdateRevision<T>(T entity, long revision) where T : notnull =>
        Queue(Operation(DocumentChange.TryUpdateRevision, entity, revision));

    public void UpdateExpectedVersion<T>(T entity, Guid version) where T : notnull =>
        Queue(Operation(DocumentChange.UpdateExpected, entity, null, version));

    public void Delete<T>(T entity) where T : notnull => Queue(Operation(DocumentChange.Delete, entity));
    public void Delete<T>(Guid id) where T : notnull => DeleteById<T>(id);
    public void Delete<T>(string id) where T : notnull => DeleteById<T>(id);
    public void Delete<T>(int id) where T : notnull => DeleteById<T>(id);
    public void Delete<T>(long id) where T : notnull => DeleteById<T>(id);
    public void Delete<T>(object id) where T : notnull => DeleteById<T>(id);

    public void DeleteObjects(IEnumerable<object> documents) => Change(DocumentChange.Delete, documents);

    public void QueueSqlCommand(string sql, params object[] parameterValues) => QueueSqlCommand('?', sql, parameterValues);

    public void QueueSqlCommand(char placeholder, string sql, params object[] parameterValues) =>
        Queue(Shadows is null ? new SqlOperation(sql, parameterValues, placeholder) : throw new InvalidProjectionException(
            "A projection that writes by SQL cannot be rebuilt beside its live tables: the text names them. Store documents instead; "
            + "or give the projection a higher Version and its text other tables: it then starts from the first event beside the old one, which is dropped when the new one has caught up."));

    public void EjectAllPendingChanges()
    {
        _operations.Clear();
        Events.Forget();
    }

    internal void Queue(StorageOperation operation)
    {
        if (Shadows is not null && operation is DocumentOperation { Mapping: { IsShadow: false, Type: var type } })
            throw new InvalidProjectionException($"A rebuild would write {type.Name}, which the projection does not name as its own. Name it with Options.DeleteViewTypeOnTeardown<{type.Name}>().");
        _operations.Add(operation);
        if (_loaded is null || operation is not DocumentOperation { Mapping.Type: var kind, Id: var id } changed) return;
        if (changed.Change == DocumentChange.Delete) _loaded.Remove((kind, id));
        else _loaded[(kind, id)] = changed.Document!;
    }

    internal void Queue(ProjectedDocuments documents)
    {
        foreach (var operation in documents.Operations(Json.ToUtf8)) Queue(operation);
    }

    private void Change<T>(DocumentChange change, IEnumerable<T> entities) where T : notnull
    {
        foreach (var entity in entities) Queue(Operation(change, entity));
    }

    private void DeleteById<T>(object id) => Queue(new DocumentOperation(DocumentChange.Delete, MappingFor(typeof(T)), id, null));

    private DocumentOperation Operation(DocumentChange change, object document, object? version = null, object? expected = null)
    {
        var mapping = MappingFor(document.GetType());
        var id = change is DocumentChange.Delete ? mapping.GetId(document) : mapping.AssignId(document);
        if (change == DocumentChange.Upsert && mapping.UseOptimisticConcurrency)
        {
            // What was loaded here may be overwritten; what was not may only be new.
            expected = _versions?.GetValueOrDefault((mapping.Type, id));
            change = expected is null ? DocumentChange.InsertIfAbsent : DocumentChange.UpdateExpected;
        }

        if (change != DocumentChange.Delete) foreach (var listener in Listeners) listener.DocumentAddedForStorage(id, document);
        return new DocumentOperation(change, mapping, id, document, version, expected);
    }
}
