using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Expo.TestKit;

/// <summary>What a host under test is given; everything has a default.</summary>
public sealed record ServiceSetup
{
    /// <summary>The database; a fresh one unless two hosts are to share one.</summary>
    public Database? Database { get; init; }

    /// <summary>The clock; the real one unless the test wants to move it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether it is connected to the shared broker.</summary>
    public bool Messaging { get; init; }

    /// <summary>Further settings.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Services to replace.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Every setting of a host on this database.</summary>
    public async Task<Dictionary<string, string>> AllSettings(Database database)
    {
        var all = new Dictionary<string, string>
        {
            ["ConnectionStrings:store"] = database.ConnectionString,
            ["EventStore:ApplySchema"] = "true",
            ["MasterKey"] = "a master key for tests, 0123456789abcdef",
            ["Identity:Jwks"] = TestKeys.Jwks,
            ["Messaging:Enabled"] = Messaging ? "true" : "false",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        if (Messaging)
            all["ConnectionStrings:messaging"] = (await Servers.Broker).GetConnectionString();
        foreach (var (name, value) in Settings)
            all[name] = value;
        return all;
    }
}

/// <summary>A service's host in a test.</summary>
public interface IServiceApp : IAsyncDisposable
{
    /// <summary>Its services.</summary>
    IServiceProvider Services { get; }

    /// <summary>A client without a token.</summary>
    HttpClient Client();
}

/// <summary>Starts hosts of services that a test knows by their assembly only.</summary>
public static class ServiceApp
{
    /// <summary>Starts the host; dispose it in the end.</summary>
    public static async Task<IServiceApp> StartAsync(Assembly service)
    {
        var app = Activator.CreateInstance(typeof(ServiceApp<>).MakeGenericType(service.EntryPoint!.DeclaringType!))!;
        await ((IAsyncLifetime)app).InitializeAsync();
        return (IServiceApp)app;
    }
}

/// <summary>A service's real host, over Kestrel, on a database of its own. A class fixture, or started by a test with a setup.</summary>
/// <typeparam name="TService">Any public type of the service's assembly; it only says which service.</typeparam>
public sealed class ServiceApp<TService> : IServiceApp, IAsyncLifetime
    where TService : class
{
    private readonly ServiceSetup setup;
    private readonly Lock gate = new();
    private Factory? factory;

    /// <summary>A host with the default setup, for use as a fixture.</summary>
    public ServiceApp()
        : this(new ServiceSetup())
    {
    }

    private ServiceApp(ServiceSetup setup) => this.setup = setup;

    /// <summary>The host's database.</summary>
    public Database Database { get; private set; } = null!;

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => factory!.Services;

    /// <summary>Starts a host; dispose it in the end.</summary>
    public static async Task<ServiceApp<TService>> StartAsync(ServiceSetup? setup = null)
    {
        var app = new ServiceApp<TService>(setup ?? new ServiceSetup());
        await app.InitializeAsync();
        return app;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Database = setup.Database ?? await Database.CreateAsync(typeof(TService).Assembly.GetName().Name!);
        factory = new Factory(setup, await setup.AllSettings(Database)) { ClientOptions = { AllowAutoRedirect = false, HandleCookies = false } };
        factory.UseKestrel(0);
        factory.StartServer();
    }

    /// <summary>A client without a token, at the address that Kestrel was given.</summary>
    public HttpClient Client()
    {
        // The factory notes its clients in a plain list, and tests of several classes ask one host.
        lock (gate)
            return factory!.CreateClient();
    }

    /// <summary>A client that sends the caller's token.</summary>
    public HttpClient Client(TestCaller caller)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", caller.Token());
        return client;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (factory is not null)
            await factory.DisposeAsync();
        if (setup.Database is null && Database is not null)
            await Database.DisposeAsync();
    }

    private sealed class Factory(ServiceSetup setup, IReadOnlyDictionary<string, string> settings) : WebApplicationFactory<TService>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseContentRoot(AppContext.BaseDirectory);
            foreach (var (name, value) in settings)
                builder.UseSetting(name, value);
            builder.ConfigureTestServices(services =>
            {
                services.RemoveAll<TimeProvider>().AddSingleton(setup.Clock);
                setup.Services(services);
            });
        }
    }
}
