namespace JasperFx;

/// <summary>How far the store may go in changing the database by itself.</summary>
public enum AutoCreate { All, CreateOrUpdate, CreateOnly, None }

/// <summary>Whether a running shard is working, paused after a failure, or stopped.</summary>
public enum AgentStatus { Running, Stopped, Paused }

/// <summary>Names every store shares.</summary>
public static class StorageConstants
{
    public const string DefaultTenantId = "*DEFAULT*";
}

/// <summary>Marks the member that identifies a document when it is not called <c>Id</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class IdentityAttribute : Attribute;

/// <summary>Data a store is filled with when the host starts.</summary>
public interface IInitialData<in TStore>
{
    Task Populate(TStore store, CancellationToken cancellation);
}

/// <summary>Changes a store's options from somewhere else in the application.</summary>
public interface IConfigureStore<in TOptions>
{
    void Configure(IServiceProvider services, TOptions options);
}
