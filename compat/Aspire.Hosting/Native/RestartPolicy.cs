using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Expo.NativeHosting;

/// <summary>
/// Whether a resource that ended with a failure starts again by itself: <c>Expo:Restart:NAME</c> is <c>always</c>, <c>never</c> (as without it), or how
/// often in a row at most. What a person stopped, and what ended with success, stays as it is.
/// </summary>
internal sealed record RestartPolicy(int MostInARow)
{
    private const string Section = "Expo:Restart";

    public static readonly RestartPolicy Never = new(0);

    /// <summary>A setting that means nothing, or is for nothing, ends the start.</summary>
    public static void Check(IConfiguration configuration, IReadOnlyCollection<IResource> resources)
    {
        if (configuration[Section] is { } forAll)
        {
            throw new DistributedApplicationException($"{Section} is '{forAll}', and must name its resource: Expo__Restart__{resources.FirstOrDefault(HasProcess)?.Name}={forAll}");
        }

        foreach (var setting in configuration.GetSection(Section).GetChildren())
        {
            if (!resources.Any(r => HasProcess(r) && string.Equals(r.Name, setting.Key, StringComparison.OrdinalIgnoreCase)))
            {
                var names = string.Join(", ", resources.Where(HasProcess).Select(r => r.Name));
                throw new DistributedApplicationException($"{setting.Path} is set, but '{setting.Key}' is no resource with a process. These are: {names}.");
            }

            _ = Parse(setting);
        }
    }

    public static RestartPolicy Of(IConfiguration configuration, IResource resource) => Parse(configuration.GetSection($"{Section}:{resource.Name}"));

    private static bool HasProcess(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    private static RestartPolicy Parse(IConfigurationSection setting) => setting.Value?.Trim().ToUpperInvariant() switch
    {
        null or "NEVER" => Never,
        "ALWAYS" => new(int.MaxValue),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) => new(most),
        _ => throw new DistributedApplicationException(
            $"{setting.Path} is '{setting.Value}'. Say 'always', 'never', or how often in a row at most, such as 5: {setting.Path.Replace(":", "__", StringComparison.Ordinal)}=5"),
    };
}

/// <summary>How long one thing that failed is left alone before it starts again: ever longer, and from the beginning once it has run well.</summary>
internal sealed class RestartPace(RestartPolicy policy)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Well = TimeSpan.FromMinutes(1);

    /// <summary>How often it has failed without running well between.</summary>
    public int Failures { get; private set; }

    /// <summary>The pause before the next start; nothing when it has failed too often.</summary>
    public TimeSpan? Next(TimeSpan ran)
    {
        Failures = ran >= Well ? 1 : Failures + 1;
        return Failures > policy.MostInARow ? null : Shorter(First * Math.Pow(2, Math.Min(Failures - 1, 10)), Longest);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
