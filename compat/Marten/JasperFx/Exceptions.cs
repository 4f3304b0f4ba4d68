namespace JasperFx;

/// <summary>Somebody else changed the stream or document first.</summary>
public class ConcurrencyException : Exception
{
    public ConcurrencyException(Type docType, object id) : base(ToMessage(docType, id)) => (DocType, Id) = (docType.FullName ?? docType.Name, id);

    public ConcurrencyException(string message, Type? docType, object id) : base(message) => (DocType, Id) = (docType?.FullName ?? "", id);

    public ConcurrencyException(string message) : base(message) { }

    public ConcurrencyException(string message, Exception innerException) : base(message, innerException) { }

    public string DocType { get; set; } = "";
    public object Id { get; set; } = "";

    public static string ToMessage(Type docType, object id) => $"Optimistic concurrency check failed for {docType.Name} #{id}";
}

/// <summary>An insert met a document that is already there.</summary>
public class DocumentAlreadyExistsException(Exception? inner, Type documentType, object id)
    : Exception(ToMessage(documentType, id), inner)
{
    public DocumentAlreadyExistsException(Type documentType, object id) : this(null, documentType, id) { }

    public Type DocumentType { get; } = documentType;
    public object Id { get; } = id;

    public static string ToMessage(Type documentType, object id) => $"Document already exists {documentType.FullName}: {id}";
}
