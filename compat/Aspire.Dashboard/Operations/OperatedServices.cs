using System.Collections.Concurrent;
using System.Text.Json;
using Expo.Dashboard.Resources;

namespace Expo.Dashboard.Operations;

/// <summary>A service with operations: where they are, and the state of its resource.</summary>
internal sealed record OperatedService(string Name, Uri Address, string Operations, string State);

/// <summary>Finds the resources whose own description lists operations, and the one that signs people in. What was found once stays known while a resource is away.</summary>
internal sealed class OperatedServices(IDashboardResources resources, IHttpClientFactory clients, OperationsOptions options, TimeProvider clock)
{
    private const string Marker = "/operations/lag";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Described> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those with operations, in the order of the application.</summary>
    public async Task<IReadOnlyList<OperatedService>> ListAsync(CancellationToken ct) =>
        [.. (await LookAsync(ct).ConfigureAwait(false)).Where(one => one.Is.Operations is not null)
            .Select(one => new OperatedService(one.Resource.Name, one.Address, one.Is.Operations!, one.Resource.State))];

    /// <summary>One of them.</summary>
    public async Task<OperatedService?> FindAsync(string name, CancellationToken ct) =>
        (await ListAsync(ct).ConfigureAwait(false)).FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where to sign in.</summary>
    public async Task<Uri?> SignInAsync(CancellationToken ct) =>
        (await LookAsync(ct).ConfigureAwait(false)).Where(one => one.Is.SignsIn).Select(one => new Uri(one.Address, options.SignIn)).FirstOrDefault();

    private async Task<(ResourceView Resource, Uri Address, Described Is)[]> LookAsync(CancellationToken ct)
    {
        var all = resources.List().Select(resource => (Resource: resource, Address: AddressOf(resource))).Where(one => one.Address is not null).ToArray();
        return await Task.WhenAll(all.Select(async one => (one.Resource, one.Address!, await LookAsync(one.Resource, one.Address!, ct).ConfigureAwait(false)))).ConfigureAwait(false);
    }

    /// <summary>Reads a description once per start of its resource; one that does not answer is asked again after a pause.</summary>
    private async Task<Described> LookAsync(ResourceView resource, Uri address, CancellationToken ct)
    {
        var before = known.GetValueOrDefault(resource.Name) ?? Described.Nothing;
        if (before.Started == resource.Started || clock.GetUtcNow() < before.NotBefore || resource.State != "Running")
        {
            return before;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, options.Description)).Unseen();
            using var answer = await clients.CreateClient(nameof(Operations)).SendAsync(request, limit.Token).ConfigureAwait(false);
            return known[resource.Name] = answer.IsSuccessStatusCode
                ? Read(await answer.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false), resource.Started)
                : new(resource.Started, default, null, SignsIn: false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return known[resource.Name] = before with { NotBefore = clock.GetUtcNow() + Pause };
        }
    }

    private Described Read(byte[] description, DateTime? started)
    {
        try
        {
            using var document = JsonDocument.Parse(description);
            var paths = document.RootElement.TryGetProperty("paths", out var found) && found.ValueKind == JsonValueKind.Object
                ? found.EnumerateObject().Select(path => path.Name).ToArray()
                : [];
            var lag = paths.FirstOrDefault(path => path.EndsWith(Marker, StringComparison.Ordinal));
            return new(started, default, lag?[..lag.LastIndexOf('/')], paths.Contains(options.SignIn));
        }
        catch (JsonException)
        {
            // Some other page is there.
            return new(started, default, null, SignsIn: false);
        }
    }

    private static Uri? AddressOf(ResourceView resource) =>
        resource.Endpoints.FirstOrDefault(endpoint => endpoint.Name is "http" or "https") is { Url.Length: > 0 } endpoint ? new Uri(endpoint.Url) : null;

    private sealed record Described(DateTime? Started, DateTimeOffset NotBefore, string? Operations, bool SignsIn)
    {
        // No resource has started then.
        public static readonly Described Nothing = new(DateTime.MinValue, default, null, SignsIn: false);
    }
}
