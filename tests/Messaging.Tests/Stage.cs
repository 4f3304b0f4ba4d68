using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Testcontainers.RabbitMq;

namespace Expo.Messaging.Tests;

/// <summary>Those that end the shared servers run when nobody else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Deadly
{
    /// <summary>Its name.</summary>
    public const string Name = "deadly";
}

/// <summary>A virtual host of its own on the shared broker for each test, and the hosts that tell and listen there: impatient ones.</summary>
public abstract class Stage : IAsyncLifetime
{
    private static readonly Lazy<Task<RabbitMqContainer>> Node = new(StartNode);
    private static int count;

    private readonly string virtualHost = $"test{Interlocked.Increment(ref count)}";

    /// <summary>The broker, which has the management API through which policies are set.</summary>
    internal static Task<RabbitMqContainer> Broker => Node.Value;

    /// <summary>For what comes about within a moment, or on a machine that has much else to do a little later.</summary>
    private protected static TimeSpan Within { get; } = TimeSpan.FromMinutes(4);

    internal static Dictionary<string, string> Impatient => new()
    {
        ["Messaging:Enabled"] = "true",
        ["Messaging:HeadEvery"] = "00:00:00.5",
        ["Messaging:Patience"] = "00:00:02",
        ["Messaging:Answer"] = "00:00:02",
        ["Messaging:Grace"] = "00:00:01",
        ["Messaging:Tries"] = "2",
    };

    /// <summary>The broker's management API.</summary>
    private protected Uri Management { get; private set; } = null!;

    /// <summary>Where this test's messages go.</summary>
    private protected Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var node = await Broker;
        var server = new Uri(node.GetConnectionString());
        Address = new UriBuilder(server) { Path = virtualHost }.Uri;
        Management = new Uri($"http://{node.Hostname}:{node.GetMappedPublicPort(15672)}");
        await Manage(HttpMethod.Put, $"vhosts/{virtualHost}", new { });
        await Manage(HttpMethod.Put, $"permissions/{virtualHost}/{server.UserInfo.Split(':')[0]}", new { configure = ".*", write = ".*", read = ".*" });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Manage(HttpMethod.Delete, $"vhosts/{virtualHost}", null);
    }

    private protected static string NewName(string kind) => $"{kind}{Interlocked.Increment(ref count)}";

    private protected static Guid[] Lockers(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private protected Task<SampleHost> Teller(string? name = null, Database? database = null, string? handsOverTo = null, Action<StoreOptions>? store = null, params (string Name, string Value)[] settings) =>
        Host(name ?? NewName("teller"), services => services.ConfigureMarten(store ?? (_ => { })), database, handsOverTo is null ? settings : [("Sample:HandOverTo", handsOverTo)]);

    private protected Task<SampleHost> Listener(string name, Mood? mood = null, Database? database = null, params (string Name, string Value)[] settings) =>
        Host(name, services => services.AddSingleton(mood ?? new Mood()), database, settings);

    private protected Task<SampleHost> Host(string name, Action<IServiceCollection>? services = null, Database? database = null, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(Impatient) { ["ConnectionStrings:messaging"] = Address.ToString() };
        foreach (var setting in settings)
            all[setting.Name] = setting.Value;
        return SampleHost.StartAsync(new ServiceSetup { Settings = all, Database = database, Services = services ?? (_ => { }) }, name);
    }

    /// <summary>A client of the broker that is none of our services, and listens on a queue of its own.</summary>
    private protected Task<TestBus> Bus<TMessage>(string queue) where TMessage : class => TestBus.StartAsync<TMessage>(Address, queue);

    /// <summary>Somebody who works on the broker by hand.</summary>
    private protected Task<BrokerClient> Hand() => BrokerClient.Connect(Address);

    /// <summary>Something that only the management API does.</summary>
    private protected async Task Manage(HttpMethod method, string path, object? body)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Management };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Address.UserInfo))));
        // It may just be on its way up again.
        await Eventually.Is(
            async () =>
            {
                try
                {
                    using var request = new HttpRequestMessage(method, $"/api/{path}") { Content = body is null ? null : JsonContent.Create(body) };
                    using var answer = await client.SendAsync(request);
                    return (int)answer.StatusCode;
                }
                catch (HttpRequestException)
                {
                    return 503;
                }
            },
            status => status is >= 200 and < 300);
    }

    private static async Task<RabbitMqContainer> StartNode()
    {
        var node = new RabbitMqBuilder("rabbitmq:3.13-management").WithPortBinding(15672, true).Build();
        await node.StartAsync();
        return node;
    }

    /// <summary>Ends the broker with the tests.</summary>
    public sealed class End : IAsyncDisposable
    {
        /// <inheritdoc />
        public async ValueTask DisposeAsync()
        {
            if (Node.IsValueCreated)
                await (await Broker).DisposeAsync();
        }
    }
}
