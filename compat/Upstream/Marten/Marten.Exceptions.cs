// Signatures of Marten 9.29.0: facts, without a body.
namespace Marten.Exceptions;

public class ConcurrentUpdateException : MartenException
{
    public extern ConcurrentUpdateException(Exception innerException);
}

public class EventDeserializationFailureException : MartenException
{
    internal extern EventDeserializationFailureException();
    public extern long Sequence { get; }
}

public class ExistingStreamIdCollisionException : MartenException
{
    public extern ExistingStreamIdCollisionException(object id, Type aggregateType);
    public extern object Id { get; }
    public extern Type AggregateType { get; }
}

public class InvalidDocumentException : MartenException
{
    public extern InvalidDocumentException(string message);
}

public class InvalidStreamOperationException : MartenException
{
    public extern InvalidStreamOperationException(string message);
}

public class MartenCommandException : MartenException
{
    internal extern MartenCommandException();
}

public class MartenException : Exception
{
    public extern MartenException();
    public extern MartenException(string message);
    public extern MartenException(string message, Exception innerException);
}

public class MartenSchemaException : MartenException
{
    internal extern MartenSchemaException();
}

public class NonExistentDocumentException : MartenException
{
    public extern NonExistentDocumentException(Type docType, object id);
    public extern Type DocType { get; }
    public extern object Id { get; }
}

public class NonExistentStreamException : MartenException
{
    public extern NonExistentStreamException(object id);
    public extern object Id { get; }
}

public class StreamLockedException : MartenException
{
    public extern StreamLockedException(object streamId, Exception innerException);
}

public class UnknownEventTypeException : MartenException
{
    public extern UnknownEventTypeException(string eventTypeName, long sequence);
    public extern UnknownEventTypeException(string eventTypeName);
    public extern string EventTypeName { get; }
    public extern long Sequence { get; }
}
