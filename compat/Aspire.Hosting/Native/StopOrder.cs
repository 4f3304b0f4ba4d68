using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Expo.NativeHosting;

/// <summary>Who depends on whom, from waits and parents: starting follows it, stopping goes back.</summary>
internal static class StopOrder
{
    /// <summary>Resources that wait for each other in a circle would wait for ever.</summary>
    public static void Check(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        foreach (var resource in resources)
        {
            Visit(resource, [], done);
        }
    }

    /// <summary>Stops each resource once everything that depends on it has stopped.</summary>
    public static Task StopAsync(IReadOnlyCollection<IResource> resources, Func<IResource, Task> stop)
    {
        var dependents = resources.SelectMany(r => Needs(r).Select(needed => (needed, r))).ToLookup(pair => pair.needed, pair => pair.r);
        var stopping = new Dictionary<IResource, Task>();
        return Task.WhenAll(resources.Select(Stopped));

        Task Stopped(IResource resource)
        {
            if (!stopping.TryGetValue(resource, out var task))
            {
                stopping[resource] = task = StopAfterAsync([.. dependents[resource].Select(Stopped)], resource);
            }

            return task;
        }

        async Task StopAfterAsync(Task[] before, IResource resource)
        {
            await Task.WhenAll(before).ConfigureAwait(false);
            await stop(resource).ConfigureAwait(false);
        }
    }

    private static IEnumerable<IResource> Needs(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource)
            .Concat(resource is IResourceWithParent child ? [child.Parent] : [])
            .Distinct();

    private static void Visit(IResource resource, List<IResource> path, HashSet<IResource> done)
    {
        var start = path.IndexOf(resource);
        if (start >= 0)
        {
            var circle = string.Join(" -> ", path.Skip(start).Append(resource).Select(r => r.Name));
            throw new DistributedApplicationException($"These resources wait for each other in a circle: {circle}.");
        }

        if (done.Contains(resource))
        {
            return;
        }

        path.Add(resource);
        foreach (var needed in Needs(resource))
        {
            Visit(needed, path, done);
        }

        path.RemoveAt(path.Count - 1);
        done.Add(resource);
    }
}
