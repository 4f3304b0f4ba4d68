namespace Aspire.Hosting.Testing;

/// <summary>Describes an application for a test: random ports, data that goes away.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
