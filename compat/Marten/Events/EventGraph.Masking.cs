using JasperFx.Events;

namespace Marten.Events;

internal sealed partial class EventGraph
{
    private readonly List<(Type Type, Func<object, object> Mask)> _masks = [];

    public void AddMaskingRuleForProtectedInformation<T>(Action<T> action) => _masks.Add((typeof(T), data =>
    {
        action((T)data);
        return data;
    }));

    public void AddMaskingRuleForProtectedInformation<T>(Func<T, T> func) => _masks.Add((typeof(T), data => func((T)data)!));

    /// <summary>The event's body with all its rules applied; null when it has none.</summary>
    internal object? Mask(IEvent @event)
    {
        object? masked = null;
        foreach (var (type, mask) in _masks)
            if (type.IsAssignableFrom(@event.EventType)) masked = mask(masked ?? @event.Data);
        return masked;
    }
}
