using System.Data.Common;
using Expo.ServiceDefaults;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Expo.Kernel;

/// <summary>Registers what a service stores: streams with their events' names, timers, read models.</summary>
public sealed class EventStoreBuilder(IServiceCollection services, string service)
{
    /// <summary>The service's name, which is also the source of its messages.</summary>
    public string Service => service;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services => services;

    internal Reactions Reactions { get; } = new();

    /// <summary>A stream whose state is kept as an inline snapshot: what a user has just done is there when the answer comes.</summary>
    public EventStoreBuilder Stream<TState>() where TState : class, IState<TState>, new()
    {
        services.AddSingleton(new KeptState(typeof(TState).Name));
        return Marten(store => store.Projections.Snapshot<TState>(SnapshotLifecycle.Inline));
    }

    /// <summary>An event under the name it is stored with; names are for ever.</summary>
    public EventStoreBuilder Event<TEvent>(string storedName) where TEvent : class
    {
        services.AddSingleton(new StoredEvent(typeof(TEvent), storedName));
        return Marten(store => store.Events.MapEventType<TEvent>(storedName));
    }

    /// <summary>What is due after an event: pure, and asked for each event that is appended.</summary>
    public EventStoreBuilder Timers<TEvent>(Func<TEvent, DateTimeOffset, IEnumerable<Due>> due) where TEvent : class
    {
        Reactions.Due.Add((@event, now) => @event is TEvent fact ? due(fact, now) : []);
        return this;
    }

    /// <summary>What an event claims or gives up: pure, and asked for each event that is appended.</summary>
    public EventStoreBuilder Claims<TEvent>(Func<TEvent, IEnumerable<Claim>> claims) where TEvent : class
    {
        Reactions.Claims.Add(@event => @event is TEvent fact ? claims(fact) : []);
        return this;
    }

    /// <summary>A timer's command, under the name it is stored with, and who reacts to it.</summary>
    public EventStoreBuilder Reaction<TCommand, TReaction>(string storedName) where TCommand : class where TReaction : class, IReact<TCommand>
    {
        services.AddScoped<IReact<TCommand>, TReaction>();
        Reactions.Add<TCommand>(storedName);
        return this;
    }

    /// <summary>Anything else that Marten is to know: documents, their indexes, projections.</summary>
    public EventStoreBuilder Marten(Action<StoreOptions> configure)
    {
        services.ConfigureMarten(configure);
        return this;
    }
}

/// <summary>Marten as this platform uses it.</summary>
public static class EventStore
{
    /// <summary>How events, documents and personal rows are stored: as written, enum values as codes.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        Converters = { new CodeJson() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Adds the service's event store (connection string <c>store</c>) and the one write path to it.</summary>
    public static void AddEventStore(this IHostApplicationBuilder builder, string service, Action<EventStoreBuilder> configure)
    {
        var services = builder.Services;
        services.AddNpgsqlDataSource(builder.Configuration, service);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("store", timeout: DatabaseHealth.Patience);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new MasterKey(builder.Configuration["MasterKey"] ?? throw new InvalidOperationException("MasterKey is not configured.")));
        services.AddSingleton<StreamGate>();
        services.AddSingleton<SubjectKeys>();
        services.AddSingleton<PersonalData>();
        services.AddSingleton<TimerSignal>();
        services.AddScoped<Streams>();
        services.TryAddScoped<Call>();

        var marten = services.AddMarten(store =>
        {
            store.DatabaseSchemaName = "public";
            store.UseSystemTextJsonForSerialization(Json);
            store.DisableNpgsqlLogging = true;
            store.Events.MetadataConfig.CorrelationIdEnabled = true;
            store.Events.MetadataConfig.CausationIdEnabled = true;
            store.Events.MetadataConfig.HeadersEnabled = true;
            store.Events.MetadataConfig.UserNameEnabled = true;
            store.Projections.Errors.SkipApplyErrors = false;
            store.Projections.Errors.SkipSerializationErrors = false;
            store.Projections.Errors.SkipUnknownEvents = false;
            store.Schema.For<StoredAnswer>();
            store.Schema.For<Messaging.Handled>();
            store.Schema.For<PersonalRow>();
            store.Schema.For<SubjectKey>();
            store.Schema.For<Claim>();
            store.Schema.For<TimerRow>().Duplicate(row => row.DueAt);
        }).UseLightweightSessions().UseNpgsqlDataSource().AddAsyncDaemon(DaemonMode.HotCold);

        if (builder.Configuration.GetValue<bool>("EventStore:ApplySchema"))
            marten.ApplyAllDatabaseChangesOnStartup();

        var eventStore = new EventStoreBuilder(services, service);
        configure(eventStore);
        services.AddSingleton(eventStore.Reactions);
        services.AddHostedService<TimerRunner>();
    }

    /// <summary>Runs the service; with the argument <c>schema</c> it only brings its database up to date and ends.</summary>
    public static async Task<int> RunOrApplySchema(this WebApplication app, string[] args)
    {
        if (args is not ["schema", ..])
        {
            await app.RunAsync();
            return 0;
        }

        await app.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return 0;
    }

    private static void AddNpgsqlDataSource(this IServiceCollection services, IConfiguration configuration, string service)
    {
        var connection = configuration.GetConnectionString("store") ?? throw new InvalidOperationException("ConnectionStrings:store is not configured.");
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connection)
        {
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            // Nothing is left behind on a connection, and resetting it would cost a tenth of a decision.
            NoResetOnClose = true,
            IncludeFailedBatchedCommand = true,
            // A repeat waits this long for the first of its kind, and a statement this long for anything (in ms): then the caller is told.
            Options = "-c lock_timeout=2000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=30000",
            ApplicationName = service,
        }.ConnectionString) { Name = service }.Build());
    }
}
