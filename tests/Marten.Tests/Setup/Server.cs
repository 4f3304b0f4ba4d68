using Marten;
using Npgsql;
using Testcontainers.PostgreSql;

[assembly: AssemblyFixture(typeof(Expo.Marten.Tests.Setup.Server))]

namespace Expo.Marten.Tests.Setup;

/// <summary>One PostgreSQL server for the whole run; each test works in a schema of its own.</summary>
public sealed class Server : IAsyncLifetime
{
    private readonly PostgreSqlContainer _container = new PostgreSqlBuilder("postgres:15").WithDatabase("marten").Build();

    public string ConnectionString => _container.GetConnectionString();

    public async ValueTask InitializeAsync() => await _container.StartAsync();

    public ValueTask DisposeAsync() => _container.DisposeAsync();

    /// <summary>A store on a new schema, with the events and snapshots of the tests registered.</summary>
    public DocumentStore Store(Action<StoreOptions>? configure = null, string? schema = null, string? connectionString = null) => DocumentStore.For(options =>
    {
        options.Connection(connectionString ?? ConnectionString);
        options.DatabaseSchemaName = schema ?? NewSchema();
        options.Events.MetadataConfig.EnableAll();
        options.Projections.Snapshot<Booth>(JasperFx.Events.Projections.SnapshotLifecycle.Inline);
        configure?.Invoke(options);
    });

    public static string NewSchema() => $"s{Guid.CreateVersion7():N}";

    public async Task<T> Scalar<T>(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Rows of one text; times in it are those of UTC, wherever the server was made.</summary>
    public async Task<IReadOnlyList<string>> Texts(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Timezone=UTC");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var all = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) all.Add(reader.GetString(0));
        return all;
    }
}
