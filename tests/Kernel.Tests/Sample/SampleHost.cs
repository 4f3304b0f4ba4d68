using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;
using Expo.TestKit;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Kernel.Tests.Sample;

/// <summary>The sample service as a real host on Kestrel; a class fixture, or started by a test with a setup.</summary>
public sealed partial class SampleHost : IAsyncLifetime
{
    private readonly ServiceSetup setup;
    private readonly string service;
    private WebApplication? app;

    /// <summary>With everything at its default.</summary>
    public SampleHost()
        : this(new ServiceSetup(), "sample")
    {
    }

    private SampleHost(ServiceSetup setup, string service) => (this.setup, this.service) = (setup, service);

    /// <summary>Its database.</summary>
    public Database Database { get; private set; } = null!;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => app!.Services;

    /// <summary>What its reactions meet.</summary>
    public Weather Weather => Services.GetRequiredService<Weather>();

    /// <summary>Starts it.</summary>
    public static async Task<SampleHost> StartAsync(ServiceSetup? setup = null, string service = "sample")
    {
        var host = new SampleHost(setup ?? new ServiceSetup(), service);
        await host.InitializeAsync();
        return host;
    }

    /// <summary>Only builds it, with its schema in place: nothing runs in the background.</summary>
    public static async Task<SampleHost> BuildAsync(ServiceSetup setup)
    {
        var host = new SampleHost(setup, "sample");
        await host.Build();
        await host.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return host;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await Build();
        await app!.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A client without a token.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
    {
        BaseAddress = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
    };

    /// <summary>A client that sends the caller's token.</summary>
    public HttpClient Client(TestCaller caller)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", caller.Token());
        return client;
    }

    /// <summary>Decides through <see cref="Kernel.Streams"/> in a scope of its own.</summary>
    public async Task<Outcome> Decide(Guid locker, Func<Locker, DateTimeOffset, Decision<LockerEvent>> decide, Action<Call>? call = null, With? with = null)
    {
        await using var scope = Services.CreateAsyncScope();
        call?.Invoke(scope.ServiceProvider.GetRequiredService<Call>());
        return await scope.ServiceProvider.GetRequiredService<Kernel.Streams>()
            .Decide(locker, decide, with ?? new With(), TestContext.Current.CancellationToken);
    }

    /// <summary>A stream's state.</summary>
    public async Task<TState?> Read<TState>(Guid id)
        where TState : class, IState<TState>, new()
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Kernel.Streams>().Read<TState>(id, TestContext.Current.CancellationToken)).State;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        if (setup.Database is null && Database is not null)
            await Database.DisposeAsync();
    }

    private async Task Build()
    {
        Database = setup.Database ?? await Database.CreateAsync(service);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection((await setup.AllSettings(Database)).ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Services.AddSingleton(setup.Clock);
        builder.Services.AddSingleton<Weather>();
        builder.AddServiceDefaults();
        builder.AddApi(service);
        builder.AddEventStore(service, store => store.AddLockers().AddDirectory());
        Connect(builder);
        builder.Services.AddValidation();
        setup.Services(builder.Services);
        app = builder.Build();
        app.MapDefaultEndpoints();
        var api = app.MapApi(service);
        api.MapLockers();
        api.MapDirectory();
        Serve(api);
    }

    // The tests of messaging share this host, and connect it to the broker.
    partial void Connect(WebApplicationBuilder builder);

    partial void Serve(Microsoft.AspNetCore.Routing.RouteGroupBuilder api);
}
