using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Expo.Messaging.Listening;

namespace Expo.Messaging;

/// <summary>One thing that is not as it should be on the broker.</summary>
public sealed record TopologyDifference(string Queue, string Code, Text Detail);

/// <summary>What is not as it should be on the broker; empty when all is well.</summary>
public sealed record TopologyDiff(IReadOnlyList<TopologyDifference> Differences);

/// <summary>The one owner of what is on the broker besides exchanges and queues: delivery limits and dead-lettering are policies, which every service sets alike.</summary>
internal sealed partial class Topology(
    IReadOnlyList<Listener> listeners, Broker broker, MessagingSettings settings, IHttpClientFactory clients, ILogger<Topology> logger) : BackgroundService
{
    /// <summary>The routing key of messages with personal data in them: no copy of these is kept.</summary>
    public const string Sealed = "sealed";

    private const string DeadLetters = "expo.dead-letters";
    private const string DeadLettersByKey = "expo.dead-letters.by-key";
    private const string SealedDeadLetters = "expo.dead-letters.sealed";
    private const string Policy = "expo-consumers";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // Every consumer's queue is named <service>-<verb-noun>-when-<event>.
    private static readonly object Consumers = For("-when-", 10, new()
    {
        ["delivery-limit"] = 20, ["dead-letter-exchange"] = DeadLettersByKey, ["dead-letter-strategy"] = "at-least-once", ["overflow"] = "reject-publish",
    });

    // Where a feed ends is said again and again: what grows old while a service is away is no dead letter.
    private static readonly object Heads = For("-follow-feed-when-announced$", 20, new() { ["delivery-limit"] = 20 });

    // At-least-once: there must be a queue for them, but nothing stays in it.
    private static readonly object NotKept = For("^expo\\.dead-letters\\.sealed$", 10, new() { ["message-ttl"] = 0 });

    private static readonly object Kept = For("^expo\\.dead-letters$", 10, new() { ["message-ttl"] = 14 * 24 * 3600 * 1000, ["max-length"] = 100_000 });

    /// <summary>Compares the broker with what this service needs; nothing when there is no management API.</summary>
    public async Task<IReadOnlyList<TopologyDifference>?> Diff(CancellationToken ct)
    {
        if (settings.Management is null)
            return null;

        using var client = Client();
        var queues = (await client.GetFromJsonAsync<JsonElement>($"/api/queues/{broker.VirtualHost}", ct)).EnumerateArray().ToDictionary(q => q.GetProperty("name").GetString()!);
        var bindings = (await client.GetFromJsonAsync<JsonElement>($"/api/bindings/{broker.VirtualHost}", ct)).EnumerateArray()
            .Select(b => (b.GetProperty("source").GetString(), b.GetProperty("destination").GetString())).ToHashSet();
        var found = new List<TopologyDifference>();
        foreach (var listener in listeners)
        {
            if (!queues.TryGetValue(listener.Queue, out var queue))
            {
                found.Add(Missing(listener.Queue));
                continue;
            }

            if (queue.GetProperty("type").GetString() != "quorum")
                found.Add(new(listener.Queue, "queue.not_quorum", new Text("不是仲裁队列。", "It is no quorum queue.")));
            if (!queue.TryGetProperty("policy", out var policy) || policy.GetString() != Policy)
                found.Add(new(listener.Queue, "queue.no_policy", new Text("没有投递上限策略。", "No delivery limit applies to it.")));
            found.AddRange(listener.Types.Append(listener.Queue).Where(exchange => !bindings.Contains((exchange, listener.Queue)))
                .Select(exchange => new TopologyDifference(listener.Queue, "queue.not_bound", new Text($"未绑定 {exchange}。", $"It is not bound to {exchange}."))));
        }

        found.AddRange(broker.Queues.Append(DeadLetters).Where(name => !queues.ContainsKey(name)).Select(Missing));
        var known = listeners.Select(l => l.Queue).Concat(broker.Queues).ToHashSet();
        found.AddRange(queues.Keys.Where(name => name.StartsWith(broker.Service + "-", StringComparison.Ordinal) && !known.Contains(name))
            .Select(name => new TopologyDifference(name, "queue.unexpected", new Text("没有消费者需要它。", "No consumer needs it."))));
        return found;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Management is not null && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Deploy(stoppingToken);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotDeployed(logger, e.GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TopologyDifference Missing(string queue) => new(queue, "queue.missing", new Text("队列不存在。", "There is no such queue."));

    // The dead letters' queues first: a policy that points nowhere would lose them.
    private async Task Deploy(CancellationToken ct)
    {
        using var client = Client();
        var vhost = broker.VirtualHost;
        await Done(client.PutAsJsonAsync($"/api/exchanges/{vhost}/{DeadLetters}", new { type = "fanout", durable = true }, ct));
        await Done(client.PutAsJsonAsync(
            $"/api/exchanges/{vhost}/{DeadLettersByKey}",
            new { type = "direct", durable = true, arguments = new Dictionary<string, string> { ["alternate-exchange"] = DeadLetters } }, ct));
        foreach (var (queue, exchange, key) in new[] { (DeadLetters, DeadLetters, ""), (SealedDeadLetters, DeadLettersByKey, Sealed) })
        {
            await Done(client.PutAsJsonAsync(
                $"/api/queues/{vhost}/{queue}", new { durable = true, arguments = new Dictionary<string, string> { ["x-queue-type"] = "quorum" } }, ct));
            await Done(client.PostAsJsonAsync($"/api/bindings/{vhost}/e/{exchange}/q/{queue}", new { routing_key = key }, ct));
        }

        await Done(client.PutAsJsonAsync($"/api/policies/{vhost}/expo-sealed-dead-letters", NotKept, ct));
        await Done(client.PutAsJsonAsync($"/api/policies/{vhost}/expo-dead-letters", Kept, ct));
        await Done(client.PutAsJsonAsync($"/api/policies/{vhost}/expo-heads", Heads, ct));
        await Done(client.PutAsJsonAsync($"/api/policies/{vhost}/{Policy}", Consumers, ct));
    }

    private static Dictionary<string, object> For(string queues, int priority, Dictionary<string, object> definition) =>
        new() { ["pattern"] = queues, ["apply-to"] = "queues", ["priority"] = priority, ["definition"] = definition };

    private static async Task Done(Task<HttpResponseMessage> work)
    {
        using var answer = await work;
        answer.EnsureSuccessStatusCode();
    }

    private HttpClient Client()
    {
        var client = clients.CreateClient(nameof(Topology));
        client.BaseAddress = settings.Management;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(broker.Login)));
        return client;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker's policies could not be set ({Failure}); they will be, in a moment")]
    private static partial void NotDeployed(ILogger logger, string failure);
}

/// <summary>The broker as this service reaches it, and its own queues there besides those of its consumers.</summary>
internal sealed record Broker(string Service, Uri Address, IReadOnlyList<string> Queues)
{
    /// <summary>As the management API names it.</summary>
    public string VirtualHost => Address.AbsolutePath is "/" or "" ? "%2F" : Address.AbsolutePath[1..];

    /// <summary>User and password.</summary>
    public string Login => Uri.UnescapeDataString(Address.UserInfo);
}
