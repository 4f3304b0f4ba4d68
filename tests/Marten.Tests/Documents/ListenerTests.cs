using Expo.Marten.Tests.Setup;
using JasperFx;
using JasperFx.Events.Documents;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Marten.Tests.Documents;

/// <summary>Who is told of a session's work, and when.</summary>
public sealed class ListenerTests(Server server)
{
    private readonly Notice _notice = new(Guid.CreateVersion7(), "Fee due", 2, DateTimeOffset.UnixEpoch, null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listeners_of_the_store_and_of_the_session_hear_what_is_stored_loaded_and_committed()
    {
        var (everybody, mine) = (new Listener(), new Listener());
        await using var store = server.Store(o => o.Listeners.Add(everybody));
        var options = new SessionOptions();
        options.Listeners.Add(mine);
        await using var session = store.LightweightSession(options);
        var booth = Guid.CreateVersion7();
        session.Insert(_notice);
        session.Events.StartStream<Booth>(booth, new BoothPlanned(booth, "A", 1));
        await session.SaveChangesAsync(Ct);
        await session.LoadAsync<Notice>(_notice.Id, Ct);
        session.Store(_notice with { Priority = 3 });
        session.Delete<Notice>(booth);
        await session.SaveChangesAsync(Ct);
        await session.SaveChangesAsync(Ct); // nothing to do

        string[] heard =
        [
            "queued Fee due", "saving 1 inserts, 0 updates, 0 deletions, 1 streams", "committed 1 inserted, 0 updated, 0 deleted, 1 events of 1 streams",
            "loaded Fee due", "queued Fee due", "saving 0 inserts, 1 updates, 1 deletions, 0 streams", "committed 0 inserted, 1 updated, 1 deleted, 0 events of 0 streams",
        ];
        Assert.Equal(heard, everybody.Heard);
        Assert.Equal(heard, mine.Heard);
    }

    [Fact]
    public async Task What_a_listener_adds_before_the_save_is_part_of_it_and_a_refused_save_is_no_commit()
    {
        var listener = new Listener { Adds = _notice with { Id = Guid.CreateVersion7(), Title = "added" } };
        await using var store = server.Store(o => o.Listeners.Add(listener));
        await using var session = store.LightweightSession();
        session.Insert(_notice);
        await session.SaveChangesAsync(Ct);
        Assert.NotNull(await session.LoadAsync<Notice>(listener.Adds!.Id, Ct));

        listener.Adds = null;
        listener.Heard.Clear();
        await using var second = store.LightweightSession();
        second.Insert(_notice);
        await Assert.ThrowsAsync<DocumentAlreadyExistsException>(() => second.SaveChangesAsync(Ct));
        Assert.DoesNotContain(listener.Heard, line => line.StartsWith("committed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listener_that_knows_no_store_hears_of_commits_by_options_or_from_the_container()
    {
        var (added, found) = (new CommitListener(), new CommitListener());
        var services = new ServiceCollection();
        services.AddSingleton<IDocumentCommitListener>(found);
        services.AddMarten(o =>
        {
            o.Connection(server.ConnectionString);
            o.DatabaseSchemaName = Server.NewSchema();
            o.AddCommitListener(added);
        });
        await using var provider = services.BuildServiceProvider();
        await using var session = provider.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Insert(_notice);
        session.Events.StartStream(_notice.Id, new BoothPlanned(_notice.Id, "A", 1));
        Assert.Equal(_notice.Id, Assert.Single(session.PendingStreams).Id);
        await session.SaveChangesAsync(Ct);
        session.Store(_notice with { Priority = 9 });
        session.Delete<Notice>(Guid.Empty);
        await session.SaveChangesAsync(Ct);

        foreach (var listener in (CommitListener[])[added, found])
        {
            Assert.Equal([_notice], listener.Commits[0].Inserted);
            Assert.Empty(listener.Commits[0].Updated);
            Assert.Equal([_notice with { Priority = 9 }], listener.Commits[1].Updated);
            var deleted = Assert.Single(listener.Commits[1].Deleted);
            Assert.Equal((typeof(Notice), (object)Guid.Empty), (deleted.DocumentType, deleted.Id!));
        }
    }

    private sealed class Listener : DocumentSessionListenerBase
    {
        public List<string> Heard { get; } = [];
        public Notice? Adds { get; set; }

        public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
        {
            if (Adds is { } more) session.Store(more);
            var work = session.PendingChanges;
            Heard.Add($"saving {work.Inserts().Count()} inserts, {work.Updates().Count()} updates, {work.Deletions().Count()} deletions, {work.Streams().Count} streams");
            return Task.CompletedTask;
        }

        public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        {
            Heard.Add($"committed {commit.Inserted.Count()} inserted, {commit.Updated.Count()} updated, {commit.Deleted.Count()} deleted, "
                + $"{commit.GetEvents().Count(e => e.Sequence > 0)} events of {commit.GetStreams().Count()} streams");
            return Task.CompletedTask;
        }

        public override void DocumentLoaded(object id, object document) => Heard.Add($"loaded {((Notice)document).Title}");

        public override void DocumentAddedForStorage(object id, object document) => Heard.Add($"queued {((Notice)document).Title}");
    }

    private sealed class CommitListener : IDocumentCommitListener
    {
        public List<IDocumentChangeSet> Commits { get; } = [];

        public Task AfterCommitAsync(IDocumentSessionOperations session, IDocumentChangeSet commit, CancellationToken token)
        {
            Commits.Add(commit);
            return Task.CompletedTask;
        }
    }
}
