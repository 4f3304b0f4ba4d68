using JasperFx.Events;
using Marten.Events;
using Marten.Services;
using Weasel.Storage;

namespace Marten.Sessions;

/// <summary>What a session will write, for whoever asks before the save.</summary>
internal sealed class PendingWork(List<StorageOperation> operations, EventOperations events) : IUnitOfWork
{
    public IEnumerable<object> Updates() => Documents(insert: false);
    public IEnumerable<object> Inserts() => Documents(insert: true);
    public IEnumerable<T> UpdatesFor<T>() => Updates().OfType<T>();
    public IEnumerable<T> InsertsFor<T>() => Inserts().OfType<T>();
    public IEnumerable<T> AllChangedFor<T>() => UpdatesFor<T>().Concat(InsertsFor<T>());
    public IList<StreamAction> Streams() => [.. events.Streams];
    public IEnumerable<IDeletion> Deletions() => Deleted().Select(o => o.ToDeletion());
    public IEnumerable<IDeletion> DeletionsFor<T>() => Deleted().Where(o => o.Mapping.Type == typeof(T)).Select(o => o.ToDeletion());

    private IEnumerable<DocumentOperation> Deleted() => operations.OfType<DocumentOperation>().Where(o => o.Change == DocumentChange.Delete);

    private IEnumerable<object> Documents(bool insert) => operations.OfType<DocumentOperation>()
        .Where(o => o.Document is not null && o.Change != DocumentChange.Delete && o.Change == DocumentChange.Insert == insert)
        .Select(o => o.Document!);
}

/// <summary>What a session has written.</summary>
internal sealed class ChangeSet(List<StorageOperation> operations, EventOperations events) : IChangeSet
{
    private readonly DocumentOperation[] _documents = [.. operations.OfType<DocumentOperation>()];
    private readonly IEvent[] _events = [.. events.Streams.SelectMany(s => s.Events)];
    private readonly StreamAction[] _streams = [.. events.Streams];

    public IEnumerable<object> Inserted => _documents.Where(d => d.Change == DocumentChange.Insert).Select(d => d.Document!);
    public IEnumerable<object> Updated =>
        _documents.Where(d => d.Change is not (DocumentChange.Insert or DocumentChange.Delete)).Select(d => d.Document!);
    public IEnumerable<IDeletion> Deleted => _documents.Where(d => d.Change == DocumentChange.Delete).Select(d => d.ToDeletion());
    public IEnumerable<IEvent> GetEvents() => _events;
    public IEnumerable<StreamAction> GetStreams() => _streams;
}
