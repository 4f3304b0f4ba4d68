using Expo.Marten.Tests.Setup;
using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;

namespace Expo.Marten.Tests.Documents;

public sealed record Notice(Guid Id, string Title, int Priority, DateTimeOffset Due, Guid? Owner);

public sealed class DocumentTests(Server server)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Notice _notice = new(Guid.CreateVersion7(), "Fee due", 2, Noon, Guid.CreateVersion7());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_are_stored_loaded_counted_and_deleted()
    {
        await using var store = server.Store();
        await using var session = store.LightweightSession();
        var second = _notice with { Id = Guid.CreateVersion7(), Title = "Fee paid", Priority = 1 };
        session.Store(_notice, second);
        await session.SaveChangesAsync(Ct);

        Assert.Equal(_notice, await session.LoadAsync<Notice>(_notice.Id, Ct));
        Assert.Equal(2, (await session.LoadManyAsync<Notice>(Ct, _notice.Id, second.Id)).Count);
        Assert.True(await session.CheckExistsAsync<Notice>(_notice.Id, Ct));
        Assert.Equal([second], await session.QueryAsync<Notice>("where data ->> 'Title' = ?", Ct, "Fee paid"));
        Assert.Equal([2], await session.QueryAsync<int>($"select count(*) from {store.Options.DatabaseSchemaName}.mt_doc_notice", Ct));

        session.Delete(_notice);
        session.Delete<Notice>(second.Id);
        await session.SaveChangesAsync(Ct);
        Assert.Null(await session.LoadAsync<Notice>(_notice.Id, Ct));
    }

    [Fact]
    public async Task Inserting_a_document_that_exists_is_refused_and_nothing_else_is_written()
    {
        await using var store = server.Store();
        await using var session = store.LightweightSession();
        session.Insert(_notice);
        await session.SaveChangesAsync(Ct);

        await using var second = store.LightweightSession();
        second.Insert(_notice with { Title = "again" });
        second.Events.StartStream<Booth>(_notice.Id, new BoothPlanned(_notice.Id, "A", 1));
        await Assert.ThrowsAsync<DocumentAlreadyExistsException>(() => second.SaveChangesAsync(Ct));
        Assert.Equal(0, (await store.Advanced.FetchEventStoreStatistics(token: Ct)).EventSequenceNumber);
    }

    [Fact]
    public async Task Updating_a_document_that_does_not_exist_is_refused()
    {
        await using var store = server.Store();
        await using var session = store.LightweightSession();
        session.Update(_notice);
        await Assert.ThrowsAsync<NonExistentDocumentException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task A_document_changed_since_it_was_loaded_is_not_overwritten()
    {
        await using var store = server.Store(o => o.Schema.For<Notice>().UseOptimisticConcurrency(true));
        await using var first = store.LightweightSession();
        first.Store(_notice);
        await first.SaveChangesAsync(Ct);
        await using var second = store.LightweightSession();
        await second.LoadAsync<Notice>(_notice.Id, Ct);
        first.Store(_notice with { Priority = 3 });
        await first.SaveChangesAsync(Ct);
        second.Store(_notice with { Priority = 4 });
        await Assert.ThrowsAsync<ConcurrencyException>(() => second.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task A_unique_index_refuses_the_second_document()
    {
        await using var store = server.Store(o => o.Schema.For<Notice>().UniqueIndex(x => x.Title).Duplicate(x => x.Priority).Index(x => x.Due).Duplicate(x => x.Owner));
        await using var session = store.LightweightSession();
        session.Store(_notice);
        await session.SaveChangesAsync(Ct);
        Assert.Equal([_notice], await session.QueryAsync<Notice>("where priority = ? and owner = ?", Ct, 2, _notice.Owner!));
        session.Store(_notice with { Id = Guid.CreateVersion7() });
        var refused = await Assert.ThrowsAsync<MartenCommandException>(() => session.SaveChangesAsync(Ct));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        Assert.DoesNotContain(_notice.Title, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queued_sql_is_part_of_the_unit_of_work()
    {
        await using var store = server.Store();
        await using var session = store.LightweightSession();
        session.Store(_notice);
        session.QueueSqlCommand($"update {store.Options.DatabaseSchemaName}.mt_doc_notice set data = data || ?::jsonb where id = ?", """{"Title":"x"}""", _notice.Id);
        await session.SaveChangesAsync(Ct);
        Assert.Equal("x", (await session.LoadAsync<Notice>(_notice.Id, Ct))!.Title);
    }
}
