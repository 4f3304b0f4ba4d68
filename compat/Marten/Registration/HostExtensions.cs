using JasperFx.Events.Daemon;
using Marten.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marten
{
    /// <summary>What tests and operators ask of a host with a store.</summary>
    public static class HostExtensions
    {
        public static IDocumentStore DocumentStore(this IHost host) => host.Services.DocumentStore();

        public static IDocumentStore DocumentStore(this IServiceProvider services) => services.GetRequiredService<IDocumentStore>();

        public static Task PauseAllDaemonsAsync(this IHost host) => host.Services.GetRequiredService<IProjectionCoordinator>().PauseAsync();

        public static Task ResumeAllDaemonsAsync(this IHost host) => host.Services.GetRequiredService<IProjectionCoordinator>().ResumeAsync();

        public static Task CleanAllMartenDataAsync(this IHost host) => host.DocumentStore().Advanced.ResetAllData();

        public static async Task ResetAllMartenDataAsync(this IHost host)
        {
            var coordinator = host.Services.GetService<IProjectionCoordinator>();
            if (coordinator is not null) await coordinator.PauseAsync();
            await host.DocumentStore().Advanced.ResetAllData();
            if (coordinator is not null) await coordinator.ResumeAsync();
        }

        /// <summary>Skips the election; for tests with one node.</summary>
        public static IServiceCollection MartenDaemonModeIsSolo(this IServiceCollection services) =>
            services.ConfigureMarten(options =>
            {
                if (options.Projections.AsyncMode == DaemonMode.HotCold) options.Projections.AsyncMode = DaemonMode.Solo;
            });
    }
}

namespace Marten.Events
{
    /// <summary>Waits for asynchronous projections in tests.</summary>
    public static class TestingExtensions
    {
        public static Task WaitForNonStaleProjectionDataAsync(this IHost host, TimeSpan timeout) =>
            host.Services.GetService<IProjectionCoordinator>() is { } coordinator
                ? coordinator.DaemonForMainDatabase().WaitForNonStaleData(timeout)
                : host.DocumentStore().WaitForNonStaleProjectionDataAsync(timeout);

        public static async Task WaitForNonStaleProjectionDataAsync(this IDocumentStore store, TimeSpan timeout)
        {
            using var daemon = await store.BuildProjectionDaemonAsync();
            await daemon.WaitForNonStaleData(timeout);
        }
    }
}
