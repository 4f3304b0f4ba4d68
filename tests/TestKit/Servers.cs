using Npgsql;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;
using Xunit;

namespace Expo.TestKit;

/// <summary>The one PostgreSQL server and the one RabbitMQ node of a test process, started when first asked for. An assembly fixture, so that they end with it.</summary>
public sealed class Servers : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSqlContainer>> SharedPostgres = new(StartPostgres);
    private static readonly Lazy<Task<RabbitMqContainer>> SharedBroker = new(StartBroker);

    /// <summary>The database server.</summary>
    public static Task<PostgreSqlContainer> Postgres => SharedPostgres.Value;

    /// <summary>The broker.</summary>
    public static Task<RabbitMqContainer> Broker => SharedBroker.Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (SharedBroker.IsValueCreated)
            await (await Broker).DisposeAsync();
        if (SharedPostgres.IsValueCreated)
            await (await Postgres).DisposeAsync();
    }

    // Durable as in earnest in all but the last step to the disk: these servers are never killed.
    private static async Task<PostgreSqlContainer> StartPostgres()
    {
        var server = new PostgreSqlBuilder("postgres:15").WithCommand("-c", "fsync=off", "-c", "max_connections=400").Build();
        await server.StartAsync();
        return server;
    }

    private static async Task<RabbitMqContainer> StartBroker()
    {
        var broker = new RabbitMqBuilder("rabbitmq:3.13").Build();
        await broker.StartAsync();
        return broker;
    }
}
