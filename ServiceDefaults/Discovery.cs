using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Expo.ServiceDefaults;

/// <summary>Sends a request for a service's name to its instances in turn; any other host is left alone.</summary>
internal sealed class Discovery(ServiceEndpoints endpoints) : DelegatingHandler
{
    private uint turn;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        if (endpoints.Find(address) is { Count: > 0 } instances)
        {
            var instance = instances[(int)(Interlocked.Increment(ref turn) % (uint)instances.Count)];
            request.RequestUri = new UriBuilder(address) { Scheme = instance.Scheme, Host = instance.Host, Port = instance.Port }.Uri;
            return SendAndRestore(request, address, cancellationToken);
        }
        return base.SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAndRestore(HttpRequestMessage request, Uri address, CancellationToken ct)
    {
        try
        {
            return await base.SendAsync(request, ct);
        }
        finally
        {
            // A retry outside asks for the name again and so reaches the next instance.
            request.RequestUri = address;
        }
    }
}

/// <summary>Lets every HttpClient call services by name.</summary>
internal static class DiscoveryExtensions
{
    public static void AddServiceDiscovery(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceEndpoints>();
        builder.Services.AddTransient<Discovery>();
    }
}
