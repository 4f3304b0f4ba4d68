using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The upstream name.")]
public interface IResourceCollection : IList<IResource>;

internal static class ResourceCollectionExtensions
{
    public static bool TryGetByName(this IResourceCollection resources, string name, [NotNullWhen(true)] out IResource? resource)
    {
        resource = resources.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
        return resource is not null;
    }
}

internal sealed class ResourceCollection(IEnumerable<IResource>? resources = null) : IResourceCollection
{
    private readonly List<IResource> items = [.. resources ?? []];

    public int Count => items.Count;
    public bool IsReadOnly => false;

    public IResource this[int index]
    {
        get => items[index];
        set => items[index] = value;
    }

    public void Add(IResource item) => items.Add(item);
    public void Clear() => items.Clear();
    public bool Contains(IResource item) => items.Contains(item);
    public void CopyTo(IResource[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);
    public int IndexOf(IResource item) => items.IndexOf(item);
    public void Insert(int index, IResource item) => items.Insert(index, item);
    public bool Remove(IResource item) => items.Remove(item);
    public void RemoveAt(int index) => items.RemoveAt(index);
    public IEnumerator<IResource> GetEnumerator() => items.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The application as it was built.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    public DistributedApplicationModel(IEnumerable<IResource> resources) : this(new ResourceCollection(resources))
    {
    }

    public IResourceCollection Resources => resources;
}
