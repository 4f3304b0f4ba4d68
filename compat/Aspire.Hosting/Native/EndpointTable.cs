using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Expo.NativeServers;
using Microsoft.Extensions.Configuration;

namespace Expo.NativeHosting;

/// <summary>Gives every endpoint its address before anything starts, and keeps the proxies.</summary>
internal sealed class EndpointTable(IConfiguration configuration) : IAsyncDisposable
{
    private const string Localhost = "localhost";
    private readonly Dictionary<EndpointAnnotation, EndpointProxy> proxies = [];

    // The upstream name, which upstream's own testing builder sets too.
    private readonly bool randomPorts = configuration.GetValue("DcpPublisher:RandomizePorts", false);

    public void Allocate(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources.OfType<IResourceWithEndpoints>())
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.AllocatedEndpoint is null))
            {
                Allocate(resource, endpoint);
            }
        }
    }

    /// <summary>The proxy in front of an endpoint's processes, if there is one.</summary>
    public EndpointProxy? ProxyOf(EndpointAnnotation endpoint) => proxies.GetValueOrDefault(endpoint);

    /// <summary>Where the processes behind an endpoint listen.</summary>
    public IReadOnlyList<Uri> TargetsOf(EndpointReference endpoint) =>
        ProxyOf(endpoint.EndpointAnnotation) is { } proxy
            ? [.. proxy.Targets.Select(target => new Uri($"{endpoint.Scheme}://{target}"))]
            : [new Uri(endpoint.Url)];

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in proxies.Values)
        {
            await proxy.DisposeAsync().ConfigureAwait(false);
        }

        proxies.Clear();
    }

    private void Allocate(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource is ContainerResource)
        {
            // A native server listens on 127.0.0.1 itself: a proxy would only cost.
            endpoint.TargetPort = Fixed(endpoint.Port) is { } wanted ? Available(resource, endpoint, wanted) : Ports.Free();
            endpoint.AllocatedEndpoint = new(endpoint, IPAddress.Loopback.ToString(), endpoint.TargetPort.Value);
            return;
        }

        Check(resource, endpoint);
        if (endpoint.IsProxied)
        {
            endpoint.AllocatedEndpoint = new(endpoint, Localhost, OpenProxy(resource, endpoint).Port);
            return;
        }

        var port = endpoint.Port ?? endpoint.TargetPort;
        endpoint.TargetPort = port is { } given ? Available(resource, endpoint, given) : Ports.Free();
        endpoint.AllocatedEndpoint = new(endpoint, Localhost, endpoint.TargetPort.Value);
    }

    private EndpointProxy OpenProxy(IResource resource, EndpointAnnotation endpoint)
    {
        try
        {
            return proxies[endpoint] = EndpointProxy.Open(Fixed(endpoint.Port));
        }
        catch (SocketException e)
        {
            throw Unusable(resource, endpoint, endpoint.Port ?? 0, e);
        }
    }

    private int? Fixed(int? port) => randomPorts ? null : port;

    private int Available(IResource resource, EndpointAnnotation endpoint, int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return port;
        }
        catch (SocketException e)
        {
            throw Unusable(resource, endpoint, port, e);
        }
    }

    private DistributedApplicationException Unusable(IResource resource, EndpointAnnotation endpoint, int port, SocketException e)
    {
        var what = $"Port {port} for '{resource.Name}' ({endpoint.Name})";
        return new(
            e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"{what} is in use by {PortOwner.Describe(port)}. Stop it, or choose another port{Another(resource, port, port + 1000)}",
                SocketError.AccessDenied => $"{what} may not be opened by this user. Choose one from 1024 on{Another(resource, port, 8080)}",
                _ => $"{what} cannot be opened: {e.Message}",
            },
            e);
    }

    // Where the program reads the port from a setting of the resource's name, that is the way; else only the program itself says which it is.
    private string Another(IResource resource, int taken, int other) => configuration.GetValue<int?>($"{resource.Name}:Port") == taken
        ? $": {CultureInfo.InvariantCulture.TextInfo.ToTitleCase(resource.Name)}__Port={other} ./expo up"
        : " where the AppHost's program gives it one.";

    private static void Check(IResource resource, EndpointAnnotation endpoint)
    {
        var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        var wrong = endpoint switch
        {
            { IsProxied: true, Port: { } port, TargetPort: { } target } when port == target =>
                "has the same port and target port, so the proxy has no port of its own",
            { IsProxied: false, Port: { } port, TargetPort: { } target } when port != target =>
                "has no proxy, so its port and target port must be the same",
            { IsProxied: false } when replicas > 1 => "has no proxy, so the resource cannot have replicas",
            { TargetPort: not null } when replicas > 1 => "has a target port, so the resource cannot have replicas",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of resource '{resource.Name}' {wrong}.");
        }
    }
}
