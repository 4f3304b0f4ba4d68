using System.Reflection;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>The same names, parameters, defaults and constraints as Aspire.Hosting.Testing 13.1; tests/Upstream.Tests does this for the rest.</summary>
public sealed class UpstreamApiTests
{
    private static readonly Assembly[] Ours = [typeof(DistributedApplicationTestingBuilder).Assembly];

    private static readonly string[] Upstream = Read();

    [Fact]
    public void Every_method_of_the_subset_is_as_upstream_writes_it()
    {
        var ours = Ours.SelectMany(ApiListing.StaticMethods).ToHashSet();
        Assert.True(Upstream.Length > 8);
        Assert.DoesNotContain(Upstream, line => !ours.Contains(line));
    }

    [Fact]
    public void Nothing_is_added_to_the_upstream_namespaces()
    {
        var known = Upstream.ToHashSet();
        Assert.DoesNotContain(Ours.SelectMany(ApiListing.StaticMethods), line => !known.Contains(line));
    }

    [Fact]
    public void Resources_carry_the_interfaces_that_choose_the_overloads()
    {
        Assert.Equal(
            [
                "IComputeResource", "IContainerFilesDestinationResource", "IResource", "IResourceWithArgs", "IResourceWithEndpoints",
                "IResourceWithEnvironment", "IResourceWithProbes", "IResourceWithServiceDiscovery", "IResourceWithWaitSupport",
            ],
            typeof(ProjectResource).GetInterfaces().Select(i => i.Name).Order());
        Assert.True(typeof(ContainerResource).IsAssignableFrom(typeof(PostgresServerResource)));
        Assert.True(typeof(ContainerResource).IsAssignableFrom(typeof(RabbitMQServerResource)));
        Assert.True(typeof(IResourceWithParent<PostgresServerResource>).IsAssignableFrom(typeof(PostgresDatabaseResource)));
        Assert.True(typeof(IResourceBuilder<IResourceWithEndpoints>).IsAssignableFrom(typeof(IResourceBuilder<ProjectResource>)));
    }

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(UpstreamApiTests).Assembly.GetManifestResourceStream("upstream-13.1.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))];
    }
}
