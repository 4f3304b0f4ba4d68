using Npgsql;

namespace Expo.TestKit;

/// <summary>A fresh database on the shared server.</summary>
public sealed class Database : IAsyncDisposable
{
    private static int count;

    private Database(string connectionString)
    {
        ConnectionString = connectionString;
        Source = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>How a service reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections for looking into it from a test.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>One that is there already.</summary>
    public static Database At(string connectionString) => new(connectionString);

    /// <summary>Creates an empty database whose name starts with the given one.</summary>
    public static async Task<Database> CreateAsync(string name)
    {
        var server = (await Servers.Postgres).GetConnectionString();
        var database = $"{name.ToLowerInvariant()}_{Interlocked.Increment(ref count)}";
        await using var source = NpgsqlDataSource.Create(server);
        await using var create = source.CreateCommand($"create database \"{database}\"");
        await create.ExecuteNonQueryAsync();
        return new Database(new NpgsqlConnectionStringBuilder(server) { Database = database, MaxPoolSize = 60, IncludeErrorDetail = true }.ConnectionString);
    }

    /// <summary>The first column of the first row, or the default when there is none.</summary>
    public async Task<T?> Ask<T>(string sql, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>Runs a statement.</summary>
    public async Task Run(string sql, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
