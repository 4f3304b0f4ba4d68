using Expo.Marten.Tests.Setup;
using JasperFx.Events;
using Marten;
using Marten.Services;
using Npgsql;

namespace Expo.Marten.Tests.Daemon;

public sealed class NeverSkipsTests(Server server)
{
    private const int Writers = 32;

    private int _wanted;
    private int _written;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// 32 writers, 1 to 3 events a transaction, one in a hundred rolled back, one held open for five seconds and some held until
    /// the naive reader has passed them; foreign transactions stay open in this and another database throughout.
    /// </summary>
    [Fact]
    public Task Under_commits_out_of_order_no_event_is_missed_where_the_naive_reader_loses_some() => Run(20_000);

    /// <summary>The same at full size.</summary>
    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public Task Of_half_a_million_events_none_is_missed() => Run(500_000);

    private async Task Run(int events)
    {
        _wanted = events;
        var recorder = new Recorder();
        await using var store = server.Store(o => o.Projections.Subscribe(recorder));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var here = await ForeignTransaction(server.ConnectionString);
        await using var elsewhere = await ForeignTransaction(await OtherDatabase());

        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        var naive = new NaiveReader(server.ConnectionString, store.Options.DatabaseSchemaName);
        using var enough = new CancellationTokenSource();
        var reading = naive.Run(enough.Token);

        var slow = Append(store, new Random(1), async _ => await Task.Delay(TimeSpan.FromSeconds(5), Ct), commit: true);
        await Task.WhenAll([slow, .. Enumerable.Range(0, Writers).Select(i => Write(store, naive, i))]);
        var committed = await Numbers(store);
        await Eventually.True(() => naive.Last == committed[^1], "the naive reader reached the end");
        await enough.CancelAsync();
        await reading;
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();

        Assert.True(committed.Count >= events, $"only {committed.Count} events were committed");
        Assert.True(committed[^1] > committed.Count, "nothing was rolled back");
        var lost = committed.Count(n => !naive.Seen.ContainsKey(n));
        Assert.True(lost > 0, "the naive reader lost nothing, so this run proves nothing");
        TestContext.Current.TestOutputHelper!.WriteLine($"{committed.Count} events, naive reader lost {lost}");
        Assert.Equal(committed, recorder.Seen.Select(e => e.Sequence));
        Assert.All(recorder.Seen.GroupBy(e => e.StreamId), stream =>
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(v => (long)v), stream.Select(e => e.Version)));
    }

    private async Task Write(DocumentStore store, NaiveReader naive, int writer)
    {
        var random = new Random(writer);
        for (var i = 0; Volatile.Read(ref _written) < _wanted; i++)
        {
            var held = writer % 8 == 0 && i % 20 == 10;
            await Append(store, random, held ? last => Passed(naive, last) : null, commit: random.Next(100) != 0);
        }
    }

    /// <summary>Writes without committing, waits if told to, then commits or rolls back.</summary>
    private async Task Append(DocumentStore store, Random random, Func<long, Task>? hold, bool commit)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        var id = Guid.CreateVersion7();
        var stream = session.Events.StartStream<Booth>(id, new BoothPlanned(id, "A", 1));
        for (var i = random.Next(3); i > 0; i--) stream.AddEvent(session.Events.BuildEvent(new BoothReserved(id, id)));
        await session.SaveChangesAsync(Ct);
        if (hold is not null) await hold(stream.Events[^1].Sequence);
        if (!commit)
        {
            await transaction.RollbackAsync(Ct);
            return;
        }

        await transaction.CommitAsync(Ct);
        Interlocked.Add(ref _written, stream.Events.Count);
    }

    private async Task Passed(NaiveReader naive, long number)
    {
        while (naive.Last <= number && Volatile.Read(ref _written) < _wanted) await Task.Delay(5, Ct);
    }

    private static async Task<NpgsqlConnection> ForeignTransaction(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("begin; create temporary table foreign_work (n int) on commit drop; insert into foreign_work values (1)", connection);
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    private async Task<string> OtherDatabase()
    {
        var name = $"elsewhere{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand($"create database {name}", connection);
        await command.ExecuteNonQueryAsync(Ct);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }

    private static async Task<IReadOnlyList<long>> Numbers(DocumentStore store)
    {
        await using var session = store.QuerySession();
        return await session.QueryAsync<long>($"select seq_id from {store.Options.DatabaseSchemaName}.mt_events order by seq_id", Ct);
    }
}
