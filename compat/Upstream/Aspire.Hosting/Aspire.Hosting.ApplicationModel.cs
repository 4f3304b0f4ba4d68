// Signatures of Aspire.Hosting 13.1: facts, without a body.
using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

public class AllocatedEndpoint
{
    public extern AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null);
    public extern EndpointAnnotation Endpoint { get; }
    public extern string Address { get; }
    public extern int Port { get; }
    public extern string? TargetPortExpression { get; }
    public extern string UriScheme { get; }
    public extern string EndPointString { get; }
    public extern string UriString { get; }
}

public class CommandOptions
{
    public extern CommandOptions();
    public extern string? Description { get; set; }
    public extern object? Parameter { get; set; }
    public extern string? ConfirmationMessage { get; set; }
    public extern string? IconName { get; set; }
    public extern IconVariant? IconVariant { get; set; }
    public extern bool IsHighlighted { get; set; }
    public extern Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

public static class CommandResults
{
    public static extern ExecuteCommandResult Success();
    public static extern ExecuteCommandResult Failure(string? errorMessage = null);
    public static extern ExecuteCommandResult Failure(Exception exception);
    public static extern ExecuteCommandResult Canceled();
}

public enum ContainerLifetime { Session, Persistent }

public enum ContainerMountType { BindMount, Volume }

public static class CustomResourceKnownProperties
{
    public static extern string Source { get; }
    public static extern string ConnectionString { get; }
}

public class DistributedApplicationModel
{
    public extern DistributedApplicationModel(IResourceCollection resources);
    public extern DistributedApplicationModel(IEnumerable<IResource> resources);
    public extern IResourceCollection Resources { get; }
}

public enum EndpointProperty { Url, Host, IPV4Host, Port, Scheme, TargetPort, HostAndPort }

public sealed class EndpointReference : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public extern EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint);
    public extern EndpointReference(IResourceWithEndpoints owner, string endpointName);
    public extern EndpointReferenceExpression Property(EndpointProperty property);
    public extern ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
    public extern IResourceWithEndpoints Resource { get; }
    public extern string EndpointName { get; }
    public extern bool Exists { get; }
    public extern bool IsAllocated { get; }
    public extern bool IsHttp { get; }
    public extern bool IsHttps { get; }
    public extern EndpointAnnotation EndpointAnnotation { get; }
    public extern string Scheme { get; }
    public extern int? TargetPort { get; }
    public extern string Host { get; }
    public extern int Port { get; }
    public extern string Url { get; }
    extern string IManifestExpressionProvider.ValueExpression { get; }
    extern IEnumerable<object> IValueWithReferences.References { get; }
}

public class EndpointReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public extern EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property);
    public extern ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
    public extern EndpointReference Endpoint { get; }
    public extern EndpointProperty Property { get; }
    public extern string ValueExpression { get; }
    extern IEnumerable<object> IValueWithReferences.References { get; }
}

public sealed class ExecuteCommandResult
{
    public extern ExecuteCommandResult();
    public extern required bool Success { get; init; }
    public extern bool Canceled { get; init; }
    public extern string? ErrorMessage { get; init; }
}

public sealed class GenerateParameterDefault : ParameterDefault
{
    public override extern string GetDefaultValue();
    public extern GenerateParameterDefault();
    public extern int MinLength { get; set; }
    public extern bool Lower { get; set; }
    public extern bool Upper { get; set; }
    public extern bool Numeric { get; set; }
    public extern bool Special { get; set; }
    public extern int MinLower { get; set; }
    public extern int MinUpper { get; set; }
    public extern int MinNumeric { get; set; }
    public extern int MinSpecial { get; set; }
}

public class HttpCommandOptions : CommandOptions
{
    public extern HttpCommandOptions();
    public extern HttpMethod? Method { get; set; }
    public extern string? HttpClientName { get; set; }
    public extern Func<EndpointReference>? EndpointSelector { get; set; }
    public extern Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }
    public extern Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }
}

public enum IconVariant { Regular, Filled }

public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
    protected extern ParameterDefault();
}

[Flags]
public enum ReferenceEnvironmentInjectionFlags { None, ConnectionString, ConnectionProperties, ServiceDiscovery = 4, Endpoints = 8, All = 15 }

public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    internal extern ReferenceExpression();
    public static readonly ReferenceExpression Empty;
    public static extern ReferenceExpression Create(in ReferenceExpression.ExpressionInterpolatedStringHandler handler);
    public extern ValueTask<string?> GetValueAsync(CancellationToken cancellationToken);
    public extern string Format { get; }
    public extern IReadOnlyList<IValueProvider> ValueProviders { get; }
    public extern IReadOnlyList<string> ManifestExpressions { get; }
    public extern IReadOnlyList<string?> StringFormats { get; }
    public extern string ValueExpression { get; }
    extern IEnumerable<object> IValueWithReferences.References { get; }

    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler
    {
        public extern ExpressionInterpolatedStringHandler(int literalLength, int formattedCount);
        public extern void AppendLiteral(string value);
        public extern void AppendFormatted(string? value);
        public extern void AppendFormatted(string? value, string? format = null);
        public extern void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider;
        public extern void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider;
        public extern void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider;
        public extern void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null) where T : IResource, IValueProvider, IManifestExpressionProvider;
    }
}

public class ReferenceExpressionBuilder
{
    public extern ReferenceExpressionBuilder();
    public extern void Append(in ReferenceExpressionBuilder.ReferenceExpressionBuilderInterpolatedStringHandler handler);
    public extern void AppendLiteral(string value);
    public extern void AppendFormatted(string? value);
    public extern void AppendFormatted(string? value, string? format);
    public extern void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider;
    public extern void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider;
    public extern ReferenceExpression Build();
    public extern bool IsEmpty { get; }

    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        public extern ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder);
        public extern void AppendLiteral(string value);
        public extern void AppendFormatted(string? value);
        public extern void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider;
        public extern void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider;
    }
}

public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>
{
    public extern ResourceAnnotationCollection();
}

public enum ResourceAnnotationMutationBehavior { Append, Replace }

public enum ResourceCommandState { Enabled, Disabled, Hidden }

public sealed class ResourceNotificationServiceOptions
{
    public extern ResourceNotificationServiceOptions();
    public extern WaitBehavior DefaultWaitBehavior { get; set; }
}

public enum UrlDisplayLocation { SummaryAndDetails, DetailsOnly }

public enum WaitBehavior { WaitOnResourceUnavailable, StopOnResourceUnavailable }

public enum WaitType { WaitUntilHealthy, WaitForCompletion, WaitUntilStarted }
