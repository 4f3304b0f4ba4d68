using System.Collections.Concurrent;
using Npgsql;

namespace Expo.Marten.Tests.Daemon;

/// <summary>What many systems do: everything above the last number seen. It is here to show that the load is hard enough.</summary>
internal sealed class NaiveReader(string connectionString, string schema)
{
    private long _last;

    public ConcurrentDictionary<long, bool> Seen { get; } = new();
    public long Last => Volatile.Read(ref _last);

    public async Task Run(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        while (!ct.IsCancellationRequested)
        {
            await using (var command = new NpgsqlCommand($"select seq_id from {schema}.mt_events where seq_id > $1 order by seq_id", connection))
            {
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _last });
                await using var rows = await command.ExecuteReaderAsync(CancellationToken.None);
                while (await rows.ReadAsync(CancellationToken.None))
                {
                    Volatile.Write(ref _last, rows.GetInt64(0));
                    Seen[_last] = true;
                }
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }
}
