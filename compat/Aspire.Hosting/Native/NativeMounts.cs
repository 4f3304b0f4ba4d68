using Aspire.Hosting.ApplicationModel;

namespace Expo.NativeHosting;

/// <summary>Where a server keeps its data: a directory of its own below the data directory, or the one it was given.</summary>
internal static class NativeMounts
{
    public const string Data = "data";

    public static string DataDirectoryOf(IResource resource, DataDirectory data)
    {
        var mount = resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault(m => m.Target == Data);
        return mount switch
        {
            { Type: ContainerMountType.BindMount, Source: { } source } => source,
            { Source: { } name } => data.Of(name),
            _ => data.Of(resource.Name),
        };
    }
}

/// <summary>A directory of scripts that run when a server's data is first made.</summary>
internal sealed record InitFilesAnnotation(string Source) : IResourceAnnotation;

/// <summary>The statement that creates a database.</summary>
internal sealed record CreationScriptAnnotation(string Script) : IResourceAnnotation;
