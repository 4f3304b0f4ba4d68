using JasperFx.Events;
using Marten.Exceptions;
using Marten.Sessions;

namespace Marten.Events;

/// <summary>The events side of a session: what is queued for its streams.</summary>
internal sealed partial class EventOperations(DocumentSession session) : IEventStoreOperations
{
    private readonly List<StreamAction> _streams = [];
    private readonly List<Guid> _archived = [];

    public IReadOnlyList<StreamAction> Streams => _streams;
    public bool HasWork => _archived.Count > 0 || _streams.Exists(s => s.Events.Count > 0 || s.AlwaysEnforceConsistency);

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var stream in _streams) count += stream.Events.Count;
            return count;
        }
    }

    private EventGraph Graph => session.Owner.Events;

    public StreamAction Append(Guid stream, IEnumerable<object> events) => Wrapped(Find(stream) ?? Add(new StreamAction(stream, StreamActionType.Append)), events);

    public StreamAction Append(Guid stream, params object[] events) => Append(stream, (IEnumerable<object>)events);

    public StreamAction Append(Guid stream, long expectedVersion, params object[] events) => Append(stream, expectedVersion, (IEnumerable<object>)events);

    /// <param name="stream">The stream's id.</param>
    /// <param name="expectedVersion">The version the stream will have after the append.</param>
    /// <param name="events">The facts.</param>
    public StreamAction Append(Guid stream, long expectedVersion, IEnumerable<object> events)
    {
        var action = Append(stream, events);
        action.ExpectedVersionOnServer = expectedVersion - action.Events.Count;
        if (action.ExpectedVersionOnServer < 0)
            throw new EventStreamUnexpectedMaxEventIdException(stream, action.AggregateType, expectedVersion, action.Events.Count);
        return action;
    }

    public StreamAction StartStream<TAggregate>(Guid id, params object[] events) where TAggregate : class => StartStream(typeof(TAggregate), id, events);

    public StreamAction StartStream<TAggregate>(Guid id, IEnumerable<object> events) where TAggregate : class => StartStream(typeof(TAggregate), id, events);

    public StreamAction StartStream<TAggregate>(params object[] events) where TAggregate : class =>
        StartStream(typeof(TAggregate), Guid.CreateVersion7(), events);

    public StreamAction StartStream<TAggregate>(IEnumerable<object> events) where TAggregate : class =>
        StartStream(typeof(TAggregate), Guid.CreateVersion7(), events);

    public StreamAction StartStream(Type aggregateType, Guid id, params object[] events) => StartStream(aggregateType, id, (IEnumerable<object>)events);

    public StreamAction StartStream(Type aggregateType, Guid id, IEnumerable<object> events) => Start(id, aggregateType, events);

    public StreamAction StartStream(Guid id, params object[] events) => StartStream(id, (IEnumerable<object>)events);

    public StreamAction StartStream(Guid id, IEnumerable<object> events) => Graph.UseMandatoryStreamTypeDeclaration
        ? throw new MartenException("Streams of this store name their aggregate. Use StartStream<TAggregate>(…).")
        : Start(id, null, events);

    public StreamAction StartStream(params object[] events) => StartStream(Guid.CreateVersion7(), events);

    public void ArchiveStream(Guid streamId) => _archived.Add(streamId);

    public IEvent BuildEvent(object data) => Graph.Wrap(data);

    internal void Forget()
    {
        _streams.Clear();
        _archived.Clear();
    }

    internal void AddOperations(List<StorageOperation> work)
    {
        foreach (var stream in _streams)
            if (stream.Events.Count > 0) work.Add(new AppendOperation(stream));
            else if (stream.AlwaysEnforceConsistency) work.Add(Unchanged(stream));
        foreach (var stream in _archived) work.Add(new Statement(session.Owner.EventSql.Archive, Db.Uuid(stream)));
    }

    internal StreamAction? Find(Guid stream)
    {
        foreach (var action in _streams) if (action.Id == stream) return action;
        return null;
    }

    internal StreamAction Add(StreamAction action)
    {
        _streams.Add(action);
        return action;
    }

    internal StreamAction Wrapped(StreamAction action, IEnumerable<object> events)
    {
        foreach (var data in events) action.AddEvent(Graph.Wrap(data));
        return action;
    }

    private StreamAction Start(Guid id, Type? aggregateType, IEnumerable<object> events)
    {
        var action = Wrapped(new StreamAction(id, StreamActionType.Start) { AggregateType = aggregateType, ExpectedVersionOnServer = 0 }, events);
        return action.Events.Count > 0 ? Add(action) : throw new EmptyEventStreamException(id);
    }

    private Statement Unchanged(StreamAction stream)
    {
        var expected = stream.ExpectedVersionOnServer ?? 0;
        return new Statement(session.Owner.EventSql.AssertVersion, Db.Uuid(stream.Id), Db.Bigint(expected))
        {
            OnError = e => e.SqlState == AppendOperation.UnexpectedVersion
                ? new EventStreamUnexpectedMaxEventIdException(stream.Id, stream.AggregateType, expected, -1)
                : null,
        };
    }
}
