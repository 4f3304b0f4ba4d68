using JasperFx.Events.Daemon;
using JasperFx.Events.Documents;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten.Events.Daemon;
using Marten.Events.Projections;
using Marten.Registration;
using Marten.Schema;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Marten;

/// <summary>Puts a store into the container.</summary>
public static class MartenServiceCollectionExtensions
{
    public static MartenConfigurationExpression AddMarten(this IServiceCollection services) => services.AddMarten(new StoreOptions());

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services, string connectionString) =>
        services.AddMarten(options => options.Connection(connectionString));

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services, StoreOptions options) => services.AddMarten(_ => options);

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services, Action<StoreOptions> configure) => services.AddMarten(_ =>
    {
        var options = new StoreOptions();
        configure(options);
        return options;
    });

    /// <summary>Registers the store as a singleton and its sessions as scoped services.</summary>
    public static MartenConfigurationExpression AddMarten(this IServiceCollection services, Func<IServiceProvider, StoreOptions> optionSource)
    {
        services.AddSingleton<DocumentStore>(provider =>
        {
            var options = optionSource(provider);
            foreach (var configure in provider.GetServices<IConfigureMarten>()) configure.Configure(provider, options);
            foreach (var listener in provider.GetServices<IDocumentCommitListener>()) options.AddCommitListener(listener);
            return new DocumentStore(options, provider, provider.GetService<ILoggerFactory>());
        });
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<DocumentStore>());
        services.TryAddSingleton<ISessionFactory, LightweightSessionFactory>();
        services.AddScoped(provider => provider.GetRequiredService<ISessionFactory>().OpenSession());
        services.AddScoped(provider => provider.GetRequiredService<ISessionFactory>().QuerySession());
        services.AddSingleton<StartupTasks>();

        // First among the hosted services: whatever starts after it finds its tables.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, MartenActivator>());
        return new MartenConfigurationExpression(services);
    }

    public static IServiceCollection ConfigureMarten(this IServiceCollection services, Action<StoreOptions> configure) =>
        services.ConfigureMarten((_, options) => configure(options));

    public static IServiceCollection ConfigureMarten(this IServiceCollection services, Action<IServiceProvider, StoreOptions> configure) =>
        services.AddSingleton<IConfigureMarten>(new ConfigureMartenLambda(configure));

    /// <summary>Continues what <c>AddMarten</c> began.</summary>
    public class MartenConfigurationExpression
    {
        internal MartenConfigurationExpression(IServiceCollection services) => Services = services;

        public IServiceCollection Services { get; }

        public MartenConfigurationExpression UseLightweightSessions() => this;

        /// <summary>Takes the connection from the container's <see cref="NpgsqlDataSource"/>.</summary>
        public MartenConfigurationExpression UseNpgsqlDataSource(object? serviceKey = null) => With(services => services.ConfigureMarten((provider, options) =>
            options.Connection(serviceKey is null
                ? provider.GetRequiredService<NpgsqlDataSource>()
                : provider.GetRequiredKeyedService<NpgsqlDataSource>(serviceKey))));

        /// <summary>Creates what is missing in the database when the host starts.</summary>
        public MartenConfigurationExpression ApplyAllDatabaseChangesOnStartup() => AtStart(new StartupTask(0,
            (store, _, ct) => store.Schema.ApplyAllConfiguredChangesToDatabaseAsync(null, ct)));

        /// <summary>Refuses to start on a database of another shape.</summary>
        public MartenConfigurationExpression AssertDatabaseMatchesConfigurationOnStartup() => AtStart(new StartupTask(1,
            (store, _, ct) => store.Schema.AssertDatabaseMatchesConfigurationAsync(ct)));

        public MartenConfigurationExpression InitializeWith(params IInitialData[] data) => AtStart(new StartupTask(2, async (store, _, ct) =>
        {
            foreach (var initial in data) await initial.Populate(store, ct);
        }));

        public MartenConfigurationExpression InitializeWith<T>() where T : class, IInitialData
        {
            Services.TryAddSingleton<T>();
            return AtStart(new StartupTask(2, (store, services, ct) => services.GetRequiredService<T>().Populate(store, ct)));
        }

        /// <summary>Runs projections and subscriptions: alone, or on one node at a time.</summary>
        public MartenConfigurationExpression AddAsyncDaemon(DaemonMode mode) => With(services =>
        {
            services.ConfigureMarten(options => options.Projections.AsyncMode = mode);
            if (mode is DaemonMode.Disabled or DaemonMode.ExternallyManaged) return;
            services.AddSingleton<ProjectionCoordinator>();
            services.AddSingleton<IProjectionCoordinator>(provider => provider.GetRequiredService<ProjectionCoordinator>());
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ProjectionCoordinator>());
            services.AddSingleton<IConfigureOptions<HealthCheckServiceOptions>, ShardHealthRegistrations>();
        });

        /// <summary>A subscription built by the container: once, or for every page in a scope of its own.</summary>
        public MartenConfigurationExpression AddSubscriptionWithServices<T>(ServiceLifetime lifetime, Action<ISubscriptionOptions>? configure = null)
            where T : class, ISubscription => With(services =>
        {
            services.TryAdd(ServiceDescriptor.Describe(typeof(T), typeof(T), lifetime));
            services.ConfigureMarten((provider, options) => options.Projections.AddShard(ContainerSubscriptions.Shard<T>(provider, lifetime, configure)));
        });

        public MartenConfigurationExpression AddProjectionWithServices<T>(
            ProjectionLifecycle lifecycle, ServiceLifetime lifetime, Action<ProjectionBase>? configure = null) where T : class, IMartenRegistrable => With(services =>
        {
            services.TryAdd(ServiceDescriptor.Describe(typeof(T), typeof(T), lifetime));
            services.ConfigureMarten((provider, options) =>
            {
                // Name, filters and methods are the class's, so one is made to read them when each use gets its own.
                using var scope = provider.CreateScope();
                var projection = (ProjectionBase)(object)(lifetime == ServiceLifetime.Singleton ? provider : scope.ServiceProvider).GetRequiredService<T>();
                if (lifetime != ServiceLifetime.Singleton) projection.NewScope = provider.CreateAsyncScope;
                configure?.Invoke(projection);
                options.Projections.Add((IProjectionSource<IDocumentOperations, IQuerySession>)projection, lifecycle);
            });
        });

        private MartenConfigurationExpression AtStart(StartupTask task) => With(services => services.AddSingleton(task));

        private MartenConfigurationExpression With(Action<IServiceCollection> change)
        {
            change(Services);
            return this;
        }
    }
}

/// <summary>Changes a store's options from somewhere else in the application.</summary>
public interface IConfigureMarten : JasperFx.IConfigureStore<StoreOptions>;
