using Npgsql;

namespace Marten.Exceptions;

/// <summary>The store refused or failed.</summary>
public class MartenException : Exception
{
    public MartenException() { }
    public MartenException(string message) : base(message) { }
    public MartenException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>A stream was started under an id that is taken.</summary>
public class ExistingStreamIdCollisionException(object id, Type aggregateType)
    : MartenException($"Stream #{id} already exists in the database")
{
    public object Id { get; } = id;
    public Type AggregateType { get; } = aggregateType;
}

/// <summary>An append expected a stream that does not exist.</summary>
public class NonExistentStreamException(object id) : MartenException($"Attempt to append to a nonexistent event stream '{id}'")
{
    public object Id { get; } = id;
}

/// <summary>The stream may not be changed any more, for instance because it is archived.</summary>
public class InvalidStreamOperationException(string message) : MartenException(message);

/// <summary>The stream's row lock was not given in time.</summary>
public class StreamLockedException(object streamId, Exception innerException)
    : MartenException($"Stream '{streamId}' may be locked for updates", innerException);

/// <summary>A stored event's name is registered with no type.</summary>
public class UnknownEventTypeException(string eventTypeName, long sequence) : MartenException(
    $"Unknown event type name alias '{eventTypeName}' at sequence {sequence}. Register it with Events.MapEventType or AddEventType.")
{
    public UnknownEventTypeException(string eventTypeName) : this(eventTypeName, -1) { }

    public string EventTypeName { get; } = eventTypeName;
    public long Sequence { get; } = sequence;
}

/// <summary>A stored event's body does not fit its type.</summary>
public class EventDeserializationFailureException : MartenException
{
    internal EventDeserializationFailureException(long sequence, Exception innerException)
        : base($"Event at sequence {sequence} cannot be deserialized", innerException) => Sequence = sequence;

    public long Sequence { get; }
}

/// <summary>A document type the store cannot hold.</summary>
public class InvalidDocumentException(string message) : MartenException(message);

/// <summary>An update named a document that does not exist.</summary>
public class NonExistentDocumentException(Type docType, object id) : MartenException($"Nonexistent document {docType.FullName}: {id}")
{
    public Type DocType { get; } = docType;
    public object Id { get; } = id;
}

/// <summary>A statement failed; the message never carries a parameter value.</summary>
public class MartenCommandException : MartenException
{
    internal MartenCommandException(Exception innerException)
        : base(Describe(innerException), innerException) { }

    // PostgreSQL's own text may quote a value.
    private static string Describe(Exception inner) => inner is PostgresException pg
        ? $"PostgreSQL refused a statement: {pg.SqlState} {pg.ConstraintName ?? pg.TableName ?? pg.Routine}"
        : $"A statement failed: {inner.GetType().Name}";
}

/// <summary>PostgreSQL gave up on a transaction because of another one (SQLSTATE 40001).</summary>
public class ConcurrentUpdateException(Exception innerException) : MartenException("Write failed due to concurrent updates", innerException);

/// <summary>The database does not have the shape the options ask for.</summary>
public class MartenSchemaException : MartenException
{
    internal MartenSchemaException(string message) : base(message) { }
}
