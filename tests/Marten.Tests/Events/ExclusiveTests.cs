using Expo.Marten.Tests.Setup;
using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Marten.Services;
using Npgsql;
using static Expo.Marten.Tests.Setup.BoothWork;

namespace Expo.Marten.Tests.Events;

/// <summary>The other ways to append, and what each promises to throw.</summary>
public sealed class ExclusiveTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_optimistic_append_goes_on_from_the_version_it_read()
    {
        await using var store = server.Store();
        var id = await Plan(store, "A");
        await using var late = store.LightweightSession();
        await late.Events.AppendOptimistic(id, Ct, new BoothReserved(id, id));
        await using var quick = store.LightweightSession();
        await quick.Events.AppendOptimistic(id, new BoothReserved(id, id), new BoothReleased(id, "x"));
        await quick.SaveChangesAsync(Ct);
        await Assert.ThrowsAsync<EventStreamUnexpectedMaxEventIdException>(() => late.SaveChangesAsync(Ct));
        Assert.Equal(3, (await quick.LoadAsync<Booth>(id, Ct))!.Changes);
        await Assert.ThrowsAsync<NonExistentStreamException>(() => quick.Events.AppendOptimistic(Guid.CreateVersion7(), Ct, new BoothReleased(id, "x")));
        await Assert.ThrowsAsync<NonExistentStreamException>(() => quick.Events.AppendExclusive(Guid.CreateVersion7(), Ct, new BoothReleased(id, "x")));
    }

    [Fact]
    public async Task Exclusive_writers_come_one_after_the_other_and_none_is_refused()
    {
        await using var store = server.Store();
        var id = await Plan(store, "A");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var session = store.LightweightSession();
            if (i % 4 == 0) await session.Events.WriteExclusivelyToAggregate<Booth>(id, booth => booth.AppendOne(new BoothReserved(id, id)), Ct);
            else if (i % 4 == 1) await session.Events.WriteExclusivelyToAggregate<Booth>(id, async booth =>
            {
                await Task.Yield();
                booth.AppendOne(new BoothReserved(id, id));
            }, Ct);
            else if (i % 4 == 2) await session.Events.AppendExclusive(id, new BoothReserved(id, id));
            else await session.Events.AppendExclusive(id, Ct, new BoothReserved(id, id));
            await session.SaveChangesAsync(Ct);
        }));
        await using var query = store.QuerySession();
        Assert.Equal(new Booth(id, BoothStatus.Held, id, 9), await query.LoadAsync<Booth>(id, Ct));
    }

    [Fact]
    public async Task Who_waits_too_long_for_a_stream_is_told_that_it_is_locked()
    {
        await using var store = server.Store();
        var id = await Plan(store, "A");
        await using var first = store.LightweightSession();
        await first.Events.FetchForExclusiveWriting<Booth>(id, Ct);
        await using var impatient = server.Store(schema: store.Options.DatabaseSchemaName, connectionString: $"{server.ConnectionString};Options=-c lock_timeout=100");
        await using var second = impatient.LightweightSession();
        var refused = await Assert.ThrowsAsync<StreamLockedException>(() => second.Events.FetchForExclusiveWriting<Booth>(id, Ct));
        Assert.Contains(id.ToString(), refused.Message, StringComparison.Ordinal);
        await using var third = store.LightweightSession(new SessionOptions { Timeout = 1 });
        await Assert.ThrowsAsync<StreamLockedException>(() => third.Events.FetchForExclusiveWriting<Booth>(id, Ct));
    }

    [Fact]
    public async Task A_serializable_decision_on_what_somebody_else_has_changed_is_refused()
    {
        await using var store = server.Store();
        var id = await Plan(store, "A");
        await using var session = store.LightweightSession(System.Data.IsolationLevel.Serializable);
        await session.BeginTransactionAsync(Ct);
        var booth = await session.Events.FetchForWriting<Booth>(id, Ct);
        await Append(store, id, new BoothReserved(id, id));
        booth.AppendOne(new BoothReserved(id, id));
        await Assert.ThrowsAsync<ConcurrentUpdateException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task Work_in_a_transaction_of_the_callers_is_committed_by_the_caller_or_by_the_save_when_asked_to()
    {
        await using var store = server.Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Ct);
        foreach (var (committing, kept) in ((bool, int)[])[(false, 0), (true, 1)])
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction, committing));
            session.Events.StartStream<Booth>(new BoothPlanned(Guid.Empty, "A", 1));
            await session.SaveChangesAsync(Ct);
            if (!committing) await transaction.RollbackAsync(Ct);
            Assert.Equal(kept, (await store.Advanced.FetchEventStoreStatistics(token: Ct)).EventCount);
        }
    }

    [Fact]
    public async Task The_event_called_archived_archives_its_stream()
    {
        await using var store = server.Store();
        var id = await Plan(store, "A");
        await Append(store, id, new Archived("the hall is gone"));
        await using var session = store.LightweightSession();
        Assert.True((await session.Events.FetchStreamStateAsync(id, Ct))!.IsArchived);
        Assert.Equal(["archived"], await server.Texts($"select type::text from {store.Options.DatabaseSchemaName}.mt_events where version = 2 and is_archived"));
        (await session.Events.FetchForWriting<Booth>(id, Ct)).AppendOne(new BoothReserved(id, id));
        await Assert.ThrowsAsync<InvalidStreamOperationException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task Options_that_would_mean_nothing_here_end_the_start()
    {
        Assert.Throws<MartenException>(() => server.Store(o => o.Events.StreamIdentity = StreamIdentity.AsString));
        Assert.Throws<MartenException>(() => server.Store(o => o.Events.EnableBigIntEvents = false));
        Assert.Throws<MartenException>(() => server.Store(o => o.Advanced.DefaultTenantUsageEnabled = false));
        await using var store = server.Store(o => o.Events.UseMandatoryStreamTypeDeclaration = true);
        Assert.Throws<MartenException>(() => store.LightweightSession(new SessionOptions { TenantId = "another" }));
        await using var session = store.LightweightSession();
        Assert.Throws<MartenException>(() => session.Events.StartStream(new BoothPlanned(Guid.Empty, "A", 1)));
    }

    [Fact]
    public async Task Events_stand_in_a_schema_of_their_own_beside_the_documents()
    {
        var (documents, events) = (Server.NewSchema(), Server.NewSchema());
        await using var store = server.Store(o => o.Events.DatabaseSchemaName = events, documents);
        var id = await Plan(store, "A");
        await Append(store, id, new BoothReserved(id, id));
        Assert.Equal([events], await server.Texts($"select schemaname::text from pg_tables where tablename = 'mt_events' and schemaname in ('{documents}', '{events}')"));
        Assert.Equal([documents], await server.Texts($"select schemaname::text from pg_tables where tablename = 'mt_doc_booth' and schemaname in ('{documents}', '{events}')"));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<Booth>(Ct);
        await using var session = store.LightweightSession();
        Assert.Equal(2, (await session.Events.FetchForWriting<Booth>(id, Ct)).Aggregate!.Changes);
        session.Update(new Booth { Id = Guid.CreateVersion7() });
        await Assert.ThrowsAsync<NonExistentDocumentException>(() => session.SaveChangesAsync(Ct));
    }
}
