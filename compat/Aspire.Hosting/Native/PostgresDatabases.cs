using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Expo.NativeHosting;

/// <summary>Creates the databases of a server that do not exist yet.</summary>
internal static class PostgresDatabases
{
    public static async Task CreateAsync(PostgresServerResource server, IEnumerable<IResource> resources, CancellationToken ct)
    {
        var databases = resources.OfType<PostgresDatabaseResource>().Where(d => ReferenceEquals(d.Parent, server)).ToList();
        if (databases.Count == 0)
        {
            return;
        }

        var connectionString = await server.GetConnectionStringAsync(ct).ConfigureAwait(false);
        await using var source = NpgsqlDataSource.Create($"{connectionString};Database=postgres;Pooling=false");
        await using var connection = await source.OpenConnectionAsync(ct).ConfigureAwait(false);
        foreach (var database in databases)
        {
            await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
            exists.Parameters.AddWithValue(database.DatabaseName);
            if (await exists.ExecuteScalarAsync(ct).ConfigureAwait(false) is not null)
            {
                continue;
            }

            var script = database.Annotations.OfType<CreationScriptAnnotation>().LastOrDefault()?.Script
                ?? $"create database {new NpgsqlCommandBuilder().QuoteIdentifier(database.DatabaseName)}";
            await using var create = new NpgsqlCommand(script, connection);
            await create.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
    }
}
