// Signatures of Aspire.Hosting 13.1: facts, without a body.
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public interface IComputeResource : IResource;

public interface IContainerFilesDestinationResource : IResource;

public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

public interface IResource
{
    string Name { get; }
    ResourceAnnotationCollection Annotations { get; }
}

public interface IResourceAnnotation;

public interface IResourceBuilder<out T> where T : IResource
{
    extern IResourceBuilder<T> WithAnnotation<TAnnotation>(ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append) where TAnnotation : IResourceAnnotation, new();
    IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append) where TAnnotation : IResourceAnnotation;
    IDistributedApplicationBuilder ApplicationBuilder { get; }
    T Resource { get; }
}

public interface IResourceCollection : IList<IResource>;

public interface IResourceWithArgs : IResource;

public interface IResourceWithConnectionString : IResource, IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    extern ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
    extern IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties();
    extern string? ConnectionStringEnvironmentVariable { get; }
    ReferenceExpression ConnectionStringExpression { get; }
}

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    new T Parent { get; }
}

[Experimental("ASPIREPROBES001")]
public interface IResourceWithProbes : IResource;

public interface IResourceWithWaitSupport : IResource;

public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
    extern ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default);
}

public interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}
