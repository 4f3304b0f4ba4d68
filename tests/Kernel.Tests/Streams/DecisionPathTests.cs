using System.Net;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Npgsql;

namespace Expo.Kernel.Tests.Streams;

/// <summary>The one write path: what it costs, and what it does when several write at once.</summary>
[Trait("needs", "postgres")]
public sealed class DecisionPathTests
{
    [Fact]
    [Trait("on", "compat")]
    public async Task A_decision_with_all_that_belongs_to_it_takes_two_round_trips()
    {
        await using var database = await Database.CreateAsync("round_trips");
        await using var trips = new RoundTrips(database.ConnectionString);
        await using var host = await SampleHost.BuildAsync(new ServiceSetup
        {
            Database = database, Settings = new Dictionary<string, string> { ["ConnectionStrings:store"] = trips.ConnectionString },
        });
        for (var warmUp = 0; warmUp < 4; warmUp++)
            await TakeWithEverything(host, Guid.CreateVersion7());

        var before = trips.Count;
        var locker = Guid.CreateVersion7();
        Assert.Equal((true, 1), await TakeWithEverything(host, locker));
        Assert.Equal(2, trips.Count - before);

        foreach (var table in new[] { "mt_doc_storedanswer", "mt_doc_handled", "mt_doc_personalrow", "mt_doc_timerrow" })
            Assert.Equal(5, await host.Database.Ask<long>($"select count(*) from {table}"));
    }

    [Fact]
    public async Task Decisions_of_two_hosts_on_one_stream_all_come_through()
    {
        await using var one = await SampleHost.StartAsync();
        await using var two = await SampleHost.StartAsync(new ServiceSetup { Database = one.Database });
        var locker = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            (i % 2 == 0 ? one : two).Decide(locker, new SqueezeIn(locker, Guid.CreateVersion7()).Decide)));

        Assert.All(outcomes, outcome => Assert.True(outcome.Accepted));
        Assert.Equal(Enumerable.Range(1, 40).Select(v => (long)v), outcomes.Select(o => o.Version).Order());
        Assert.Equal(40, (await one.Read<Locker>(locker))!.TimesTaken);
    }

    [Fact]
    public async Task Of_two_hosts_that_start_one_stream_at_once_exactly_one_wins()
    {
        await using var one = await SampleHost.StartAsync();
        await using var two = await SampleHost.StartAsync(new ServiceSetup { Database = one.Database });

        for (var round = 0; round < 10; round++)
        {
            var locker = Guid.CreateVersion7();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
                (i % 2 == 0 ? one : two).Decide(locker, new TakeLocker(locker, Guid.CreateVersion7(), 5).Decide)));

            Assert.Single(outcomes, outcome => outcome.Accepted);
            Assert.All(outcomes.Where(o => !o.Accepted), outcome => Assert.Equal("locker.taken", outcome.Refusal!.Code));
        }
    }

    [Fact]
    public async Task A_refusal_can_leave_a_fact_that_somebody_must_react_to()
    {
        await using var host = await SampleHost.StartAsync();
        var locker = Guid.CreateVersion7();
        await host.Decide(locker, new TakeLocker(locker, Guid.CreateVersion7(), 5).Decide);

        var outcome = await host.Decide(locker, new TakeLocker(locker, Guid.CreateVersion7(), 5).Decide);

        Assert.Equal(("locker.taken", 2L), (outcome.Refusal!.Code, outcome.Version));
        Assert.Equal("locker_tampered", await host.Database.Ask<string>("select type from mt_events where stream_id = $1 and version = 2", locker));
    }

    [Fact]
    public async Task A_stream_that_somebody_else_keeps_locked_answers_busy_and_nothing_is_written()
    {
        await using var host = await SampleHost.StartAsync();
        var caller = TestCaller.Somebody();
        var locker = Guid.CreateVersion7();
        await host.Decide(locker, new TakeLocker(locker, caller.AccountId, 5).Decide);

        await using (var connection = await host.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new NpgsqlCommand("select 1 from mt_streams where id = $1 for update", connection) { Parameters = { new() { Value = locker } } };
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            var answer = await host.Client(caller).Post($"/api/sample/v1/lockers/{locker}/holder:leave");

            answer.IsRefused(HttpStatusCode.ServiceUnavailable, "busy");
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        Assert.Equal(1, await host.Database.Ask<long>("select count(*) from mt_events where stream_id = $1", locker));
        (await host.Client(caller).Post($"/api/sample/v1/lockers/{locker}/holder:leave")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task History_tells_who_did_what_and_which_message_caused_it()
    {
        await using var host = await SampleHost.StartAsync();
        var caller = TestCaller.Somebody();
        var (locker, message) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Decide(locker, new TakeLocker(locker, caller.AccountId, 5).Decide, call =>
        {
            (call.Actor, call.Edition) = ("registration", "ciep_2023");
            call.Cause = new Cause("sample-take-locker", message, "BoothAllocated", 4);
        });
        (await host.Client(caller).Post($"/api/sample/v1/lockers/{locker}/holder:leave")).Is(HttpStatusCode.NoContent);

        var history = (await host.Client(caller).Get($"/api/sample/v1/lockers/{locker}/history")).Is(HttpStatusCode.OK).Read<History>();

        Assert.Equal(locker, history.Id);
        Assert.Collection(
            history.Items,
            first => Assert.Equal(
                new HistoryEntry(1, "locker_taken", first.At, "registration", "ciep_2023", new CausingMessage("BoothAllocated", message)), first),
            second => Assert.Equal(new HistoryEntry(2, "locker_returned", second.At, caller.AccountId.ToString(), null, null), second));
    }

    private static async Task<(bool Accepted, int Appended)> TakeWithEverything(SampleHost host, Guid locker)
    {
        var subject = Guid.CreateVersion7();
        var outcome = await host.Decide(
            locker,
            new TakeLocker(locker, subject, 5).Decide,
            call =>
            {
                call.Cause = new Cause("consumer", Guid.CreateVersion7(), "Message", 1);
                call.Idempotent = new IdempotentRequest(Guid.CreateVersion7(), [1, 2, 3], subject, null);
            },
            new With { Reply = Reply.Ok(new LockerAnswer(locker, "x")), Personal = [new PersonalCard(subject, new HolderCard("n", "p"))] });
        return (outcome.Accepted, outcome.Appended);
    }
}
