// Signatures of Aspire.Hosting 13.1: facts, without a body.
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public class ContainerResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public extern ContainerResource(string name, string? entrypoint = null);
    public extern string? Entrypoint { get; set; }
    [Experimental("ASPIRECONTAINERSHELLEXECUTION001")]
    public extern bool? ShellExecution { get; set; }
}

public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public extern ExecutableResource(string name, string command, string workingDirectory);
    public extern string Command { get; }
    public extern string WorkingDirectory { get; }
}

public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    public extern ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false);
    public extern ValueTask<string?> GetValueAsync(CancellationToken cancellationToken);
    public extern ParameterDefault? Default { get; set; }
    public extern bool Secret { get; }
    public extern bool IsConnectionString { get; set; }
    public extern string? Description { get; set; }
    public extern bool EnableDescriptionMarkdown { get; set; }
    [Obsolete("Use GetValueAsync for async access or pass the ParameterResource directly to methods that accept it (e.g., environment variables).")]
    public extern string Value { get; }
    public extern string ValueExpression { get; }
}

public class PostgresDatabaseResource : Resource, IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    public extern PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource);
    public extern PostgresServerResource Parent { get; }
    public extern string DatabaseName { get; }
    public extern ReferenceExpression ConnectionStringExpression { get; }
    public extern ReferenceExpression UriExpression { get; }
    public extern ReferenceExpression JdbcConnectionString { get; }
    extern IResource IResourceWithParent.Parent { get; }
    extern IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties();
    extern string IManifestExpressionProvider.ValueExpression { get; }
    extern ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken);
    extern ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken);
    extern IEnumerable<object> IValueWithReferences.References { get; }
}

public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    public extern PostgresServerResource(string name, ParameterResource? userName, ParameterResource password);
    public extern ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
    public extern EndpointReference PrimaryEndpoint { get; }
    public extern EndpointReferenceExpression Host { get; }
    public extern EndpointReferenceExpression Port { get; }
    public extern ParameterResource? UserNameParameter { get; set; }
    public extern ParameterResource PasswordParameter { get; set; }
    public extern IReadOnlyDictionary<string, string> Databases { get; }
    public extern ReferenceExpression UserNameReference { get; }
    public extern ReferenceExpression ConnectionStringExpression { get; }
    public extern ReferenceExpression UriExpression { get; }
    public extern ReferenceExpression JdbcConnectionString { get; }
    extern IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties();
    extern string IManifestExpressionProvider.ValueExpression { get; }
    extern ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken);
    extern ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken);
    extern IEnumerable<object> IValueWithReferences.References { get; }
}

public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource
{
    public extern ProjectResource(string name);
}

public class RabbitMQServerResource : ContainerResource, IResourceWithConnectionString
{
    public extern RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password);
    public extern EndpointReference PrimaryEndpoint { get; }
    public extern EndpointReference ManagementEndpoint { get; }
    public extern EndpointReferenceExpression Host { get; }
    public extern EndpointReferenceExpression Port { get; }
    public extern ParameterResource? UserNameParameter { get; }
    public extern ParameterResource PasswordParameter { get; }
    public extern ReferenceExpression UserNameReference { get; }
    public extern ReferenceExpression ConnectionStringExpression { get; }
    public extern ReferenceExpression UriExpression { get; }
    extern IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties();
    extern string IManifestExpressionProvider.ValueExpression { get; }
    extern ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken);
    extern ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken);
    extern IEnumerable<object> IValueWithReferences.References { get; }
}

public abstract class Resource : IResource
{
    protected extern Resource(string name);
    public virtual extern string Name { get; }
    public virtual extern ResourceAnnotationCollection Annotations { get; }
}
