namespace JasperFx.Events;

/// <summary>A recorded fact with what is known about its recording.</summary>
public interface IEvent
{
    Guid Id { get; set; }
    long Version { get; set; }
    long Sequence { get; set; }
    object Data { get; }
    Guid StreamId { get; set; }
    string? StreamKey { get; set; }
    DateTimeOffset Timestamp { get; set; }
    string TenantId { get; set; }
    Type EventType { get; }
    string EventTypeName { get; set; }
    string DotNetTypeName { get; set; }
    string? CausationId { get; set; }
    string? CorrelationId { get; set; }
    string? UserName { get; set; }
    Dictionary<string, object>? Headers { get; set; }
    bool IsArchived { get; set; }
    bool IsSkipped { get; set; }
    string? AggregateTypeName { get; set; }

    void SetHeader(string key, object value);
    object? GetHeader(string key);
}

/// <summary>A recorded fact of a known type.</summary>
public interface IEvent<out T> : IEvent where T : notnull
{
    new T Data { get; }
}

/// <summary>The envelope of one event.</summary>
public class Event<T>(T data) : IEvent<T> where T : notnull
{
    public T Data { get; set; } = data;
    object IEvent.Data => Data;

    public Guid Id { get; set; }
    public long Version { get; set; }
    public long Sequence { get; set; }
    public Guid StreamId { get; set; }
    public string? StreamKey { get; set; }
    public DateTimeOffset Timestamp { get; set; }
    public string TenantId { get; set; } = StorageConstants.DefaultTenantId;
    public Type EventType => typeof(T);
    public string EventTypeName { get; set; } = "";
    public string DotNetTypeName { get; set; } = "";
    public string? CausationId { get; set; }
    public string? CorrelationId { get; set; }
    public string? UserName { get; set; }
    public Dictionary<string, object>? Headers { get; set; }
    public bool IsArchived { get; set; }
    public bool IsSkipped { get; set; }
    public string? AggregateTypeName { get; set; }

    public void SetHeader(string key, object value) => (Headers ??= [])[key] = value;

    public object? GetHeader(string key) => Headers is not null && Headers.TryGetValue(key, out var value) ? value : null;
}

/// <summary>Wraps facts in envelopes before they are appended.</summary>
public static class Event
{
    public static IEvent<T> For<T>(T data) where T : notnull => new Event<T>(data);

    public static IEvent<T> AsEvent<T>(this T data) where T : notnull => new Event<T>(data);

    public static IEvent WithHeader(this IEvent e, string key, object value)
    {
        e.SetHeader(key, value);
        return e;
    }

    public static IEvent AtTimestamp(this IEvent e, DateTimeOffset timestamp)
    {
        e.Timestamp = timestamp;
        return e;
    }
}

/// <summary>Appending this archives the stream.</summary>
public record Archived(string Reason);
