using JasperFx.Events;

namespace Marten.Events;

/// <summary>A stream fetched for writing.</summary>
internal sealed class EventStream<T>(EventOperations operations, StreamAction action, long startingVersion, T? aggregate, CancellationToken ct)
    : IEventStream<T> where T : class
{
    public T? Aggregate { get; } = aggregate;
    public long? StartingVersion { get; } = startingVersion;
    public long? CurrentVersion => action.ExpectedVersionOnServer + action.Events.Count;
    public CancellationToken Cancellation { get; } = ct;
    public Guid Id => action.Id;
    public string? Key => action.Key;
    public IReadOnlyList<IEvent> Events => action.Events;

    public bool AlwaysEnforceConsistency
    {
        get => action.AlwaysEnforceConsistency;
        set => action.AlwaysEnforceConsistency = value;
    }

    public void AppendOne(object @event) => action.AddEvent(operations.BuildEvent(@event));

    public void AppendMany(params object[] events) => operations.Wrapped(action, events);

    public void AppendMany(IEnumerable<object> events) => operations.Wrapped(action, events);

    /// <summary>After a save, goes on from where the stream now stands.</summary>
    public void TryFastForwardVersion() => operations.Continue(ref action);
}
