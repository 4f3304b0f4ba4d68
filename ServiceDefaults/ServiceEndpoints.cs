using Microsoft.Extensions.Configuration;

namespace Expo.ServiceDefaults;

/// <summary>Where the instances of a service are: configuration <c>services:{name}:{scheme}:{i}</c>, written by the AppHost.</summary>
public sealed class ServiceEndpoints(IConfiguration configuration)
{
    /// <summary>Every instance behind an address such as <c>http://catalog</c> or <c>https+http://catalog</c> (preferred scheme first).</summary>
    /// <returns>Base addresses; none when the host is not a service known here.</returns>
    public IReadOnlyList<Uri> Find(Uri address)
    {
        foreach (var scheme in address.Scheme.Split('+'))
        {
            var found = configuration.GetSection($"services:{address.Host}:{scheme}").GetChildren()
                .Select(instance => instance.Value)
                .Where(value => !string.IsNullOrWhiteSpace(value))
                .Select(value => new Uri(value!))
                .ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }
        return [];
    }
}
