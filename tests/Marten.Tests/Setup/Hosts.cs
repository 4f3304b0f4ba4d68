using System.Collections.Concurrent;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Expo.Marten.Tests.Setup;

/// <summary>What a host logged.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> All { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void Dispose() { }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        All.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
}

/// <summary>Hosts with a store, as an application has them.</summary>
public static class Hosts
{
    public static async Task<IHost> Start(
        Server server, string schema, Action<StoreOptions> configure, Action<MartenServiceCollectionExtensions.MartenConfigurationExpression> also,
        LogLines? log = null, string application = "test")
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (log is not null) builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddHealthChecks();
        also(builder.Services.AddMarten(o =>
        {
            o.Connection($"{server.ConnectionString};Application Name={application}");
            o.DatabaseSchemaName = schema;
            o.Events.MetadataConfig.EnableAll();
            o.Projections.Snapshot<Booth>(JasperFx.Events.Projections.SnapshotLifecycle.Inline);
            o.Projections.AgentPauseTime = TimeSpan.FromMilliseconds(20);
            o.Projections.LeadershipPollingTime = 50;
            configure(o);
        }).UseLightweightSessions().ApplyAllDatabaseChangesOnStartup());
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
