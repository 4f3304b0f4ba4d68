using Expo.Marten.Tests.Setup;
using JasperFx;
using Marten;
using Marten.Exceptions;
using Weasel.Core;

namespace Expo.Marten.Tests.Documents;

/// <summary>Revisions, versions, and how documents are written down.</summary>
public sealed class RevisionTests(Server server)
{
    private readonly Notice _notice = new(Guid.CreateVersion7(), "Fee due", 2, DateTimeOffset.UnixEpoch, null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revision_only_rises()
    {
        await using var store = server.Store(o => o.Schema.For<Notice>().UseNumericRevisions(true));
        await using var session = store.LightweightSession();
        session.Store(_notice);
        await session.SaveChangesAsync(Ct);
        session.Store(_notice);
        await session.SaveChangesAsync(Ct);
        Assert.Equal(2, (await session.MetadataForAsync(_notice, Ct)).CurrentRevision);

        session.UpdateRevision(_notice with { Priority = 5 }, 5);
        await session.SaveChangesAsync(Ct);
        session.UpdateRevision(_notice with { Priority = 4 }, 4);
        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(Ct));
        session.EjectAllPendingChanges();
        session.TryUpdateRevision(_notice with { Priority = 4 }, 4);
        await session.SaveChangesAsync(Ct);
        Assert.Equal(5, (await session.LoadAsync<Notice>(_notice.Id, Ct))!.Priority);
        session.TryUpdateRevision(_notice with { Priority = 6 }, 6);
        await session.SaveChangesAsync(Ct);
        Assert.Equal((6, 6L), ((await session.LoadAsync<Notice>(_notice.Id, Ct))!.Priority, (await session.MetadataForAsync(_notice, Ct)).CurrentRevision));
    }

    [Fact]
    public async Task An_expected_version_is_the_one_in_the_database_or_the_update_is_refused()
    {
        await using var store = server.Store(o => o.Schema.For<Notice>().UseOptimisticConcurrency(true));
        await using var session = store.LightweightSession();
        session.Store(_notice);
        await session.SaveChangesAsync(Ct);
        var metadata = await session.MetadataForAsync(_notice, Ct);
        Assert.Equal(typeof(Notice).FullName, metadata.DotNetType);
        session.UpdateExpectedVersion(_notice with { Priority = 3 }, metadata.CurrentVersion);
        await session.SaveChangesAsync(Ct);
        await using var second = store.LightweightSession();
        second.UpdateExpectedVersion(_notice with { Priority = 4 }, metadata.CurrentVersion);
        await Assert.ThrowsAsync<ConcurrencyException>(() => second.SaveChangesAsync(Ct));
        await using var blind = store.LightweightSession();
        blind.Store(_notice);
        await Assert.ThrowsAsync<ConcurrencyException>(() => blind.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task Documents_of_several_kinds_are_stored_and_deleted_together()
    {
        await using var store = server.Store();
        await using var session = store.LightweightSession();
        var note = new ReleaseNote(Guid.CreateVersion7(), "kept");
        session.InsertObjects([_notice, note]);
        await session.SaveChangesAsync(Ct);
        session.StoreObjects([_notice with { Priority = 7 }, note with { Reason = "changed" }]);
        await session.SaveChangesAsync(Ct);
        Assert.Equal((7, "changed"), ((await session.LoadAsync<Notice>(_notice.Id, Ct))!.Priority, (await session.LoadAsync<ReleaseNote>(note.Id, Ct))!.Reason));
        session.DeleteObjects([_notice, note]);
        await session.SaveChangesAsync(Ct);
        Assert.False(await session.CheckExistsAsync<Notice>(_notice.Id, Ct) || await session.CheckExistsAsync<ReleaseNote>(note.Id, Ct));
    }

    [Fact]
    public async Task Names_and_enums_are_written_as_the_options_say_and_indexes_follow()
    {
        await using var store = server.Store(o =>
        {
            o.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json => json.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull);
            o.Schema.For<Notice>().DocumentAlias("reminder").Index(n => n.Title).GinIndexJsonData();
        });
        var schema = store.Options.DatabaseSchemaName;
        var booth = await BoothWork.Plan(store, "A");
        await using var session = store.LightweightSession();
        session.Store(_notice);
        await session.SaveChangesAsync(Ct);
        Assert.Equal(["Free"], await server.Texts($"select data ->> 'status' from {schema}.mt_doc_booth where id = '{booth}'"));
        Assert.Equal(["A"], await server.Texts($"select data ->> 'hall' from {schema}.mt_events"));
        Assert.Equal(["false"], await server.Texts($"select (data ? 'owner')::text from {schema}.mt_doc_reminder"));
        Assert.Equal(2, await server.Scalar<long>($"select count(*) from pg_indexes where schemaname = '{schema}' and tablename = 'mt_doc_reminder' and indexname not like 'pkey%'"));
        Assert.Equal(_notice, await session.LoadAsync<Notice>(_notice.Id, Ct));
        Assert.Equal(BoothStatus.Free, (await session.Events.FetchLatest<Booth>(booth, Ct))!.Status);
    }

    [Fact]
    public async Task Duplicated_columns_of_a_snapshot_follow_it_whether_they_are_there_or_not()
    {
        await using var store = server.Store(o => o.Schema.For<Booth>().Duplicate(b => b.ExhibitorId).Duplicate(b => b.Status));
        var id = await BoothWork.Plan(store, "A");
        foreach (var (fact, held) in ((object, string)[])[(new BoothReserved(id, id), $"{id} 2"), (new BoothReleased(id, "x"), "nobody 1")])
        {
            await BoothWork.Append(store, id, fact);
            Assert.Equal([held], await server.Texts($"select coalesce(exhibitor_id::text, 'nobody') || ' ' || status from {store.Options.DatabaseSchemaName}.mt_doc_booth"));
        }
    }

    [Fact]
    public async Task What_has_no_usable_identity_is_refused()
    {
        await using var store = server.Store();
        await using var session = store.LightweightSession();
        Assert.Throws<InvalidDocumentException>(() => session.Store(new Nameless("x")));
        Assert.Throws<InvalidDocumentException>(() => session.Store(new Numbered(0)));
        Assert.Throws<InvalidDocumentException>(() => session.Store(new Dated(DateOnly.MinValue)));
    }

    public sealed record Nameless(string Text);

    public sealed record Numbered(int Id);

    public sealed record Dated(DateOnly Id);
}
