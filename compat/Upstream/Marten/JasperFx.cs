// Signatures of JasperFx 2.53.0: facts, without a body.
namespace JasperFx;

public enum AgentStatus { Running, Stopped, Paused }

public enum AutoCreate { All, CreateOrUpdate, CreateOnly, None }

public class ConcurrencyException : Exception
{
    public extern ConcurrencyException(Type docType, object id);
    public extern ConcurrencyException(string message, Type? docType, object id);
    public extern ConcurrencyException(string message);
    public extern ConcurrencyException(string message, Exception innerException);
    public static extern string ToMessage(Type docType, object id);
    public extern string DocType { get; set; }
    public extern object Id { get; set; }
}

public class DocumentAlreadyExistsException : Exception
{
    public extern DocumentAlreadyExistsException(Exception? inner, Type documentType, object id);
    public extern DocumentAlreadyExistsException(Type documentType, object id);
    public static extern string ToMessage(Type documentType, object id);
    public extern Type DocumentType { get; }
    public extern object Id { get; }
}

public interface IConfigureStore<in TOptions>
{
    void Configure(IServiceProvider services, TOptions options);
}

public interface IInitialData<in TStore>
{
    Task Populate(TStore store, CancellationToken cancellation);
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class IdentityAttribute : Attribute
{
    public extern IdentityAttribute();
}

public static class StorageConstants
{
    public const string DefaultTenantId = "*DEFAULT*";
}
