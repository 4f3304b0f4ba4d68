using Expo.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Expo.Gateway;

/// <summary>Turns a service's name into its instances, again whenever the configuration changes.</summary>
internal sealed class Destinations(ServiceEndpoints endpoints, IConfiguration configuration) : IDestinationResolver
{
    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var reload = configuration.GetReloadToken();
        var instances =
            from destination in destinations
            from instance in endpoints.Find(new Uri(destination.Value.Address)).Select((address, number) => (address, number))
            select KeyValuePair.Create($"{destination.Key}-{instance.number}", destination.Value with { Address = instance.address.ToString() });

        return ValueTask.FromResult(new ResolvedDestinationCollection(instances.ToDictionary(), reload));
    }
}
