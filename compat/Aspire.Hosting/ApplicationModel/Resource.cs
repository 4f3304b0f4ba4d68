using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named part of the application.</summary>
public interface IResource
{
    string Name { get; }
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A fact attached to a resource.</summary>
public interface IResourceAnnotation;

/// <summary>The facts attached to one resource, in the order they were added.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

/// <summary>The base of every resource.</summary>
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        ResourceName.Check(name);
        Name = name;
    }

    public virtual string Name { get; }
    public virtual ResourceAnnotationCollection Annotations { get; } = [];

    public override string ToString() => Name;
}

/// <summary>What a resource may be called: it ends up in host names, file names and environment variables.</summary>
internal static class ResourceName
{
    private const int MaxLength = 64;

    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var good = name.Length <= MaxLength
            && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && !name.EndsWith('-')
            && !name.Contains("--", StringComparison.Ordinal);
        if (!good)
        {
            throw new ArgumentException(
                $"Resource name '{name}' is invalid: 1 to {MaxLength} ASCII letters, digits and single hyphens, first a letter, last no hyphen.",
                nameof(name));
        }
    }
}
