using System.Net;
using Expo.Kernel.Tests.Sample;
using Expo.Kernel.Vocabulary;
using Expo.TestKit;
using Npgsql;

namespace Expo.Kernel.Tests.Http;

/// <summary>A request that is sent again acts once and is answered alike.</summary>
[Trait("needs", "postgres")]
public sealed class IdempotencyTests(SampleHost host) : IClassFixture<SampleHost>
{
    private static readonly TakeLockerRequest Body = new("样本姓名甲", "+86 138 0000 0000", 30);

    [Fact]
    public async Task A_repeat_gets_the_stored_answer()
    {
        var (caller, locker, key) = (TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey());

        var first = (await Take(caller, locker, Body, key)).Is(HttpStatusCode.OK);
        var again = (await Take(caller, locker, Body, key)).Is(HttpStatusCode.OK);

        Assert.Equal((false, true), (first.Replayed, again.Replayed));
        Assert.Equal((first.Text, first.Version), (again.Text, again.Version));
        Assert.Equal(1, await Events(locker));
    }

    [Fact]
    public async Task A_quoted_key_is_the_same_key()
    {
        var (caller, locker, key) = (TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey());
        await Take(caller, locker, Body, key);
        Assert.True((await Take(caller, locker, Body, $"\"{key}\"")).Replayed);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var (caller, locker, key) = (TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey());
        await Take(caller, locker, Body, key);
        (await Take(caller, locker, Body with { Minutes = 31 }, key)).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
        Assert.Equal(1, await Events(locker));
    }

    [Fact]
    public async Task The_same_key_from_another_client_is_another_request()
    {
        var (locker, key) = (Guid.CreateVersion7(), TestKit.Http.NewKey());
        (await Take(TestCaller.Somebody(), locker, Body, key)).Is(HttpStatusCode.OK);
        (await Take(TestCaller.Somebody(), locker, Body, key)).IsRefused(HttpStatusCode.Conflict, "locker.taken");
    }

    [Fact]
    public async Task Requests_with_one_key_sent_at_once_act_once_and_are_answered_alike()
    {
        var (caller, locker, key) = (TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey());
        await using var neighbour = await SampleHost.StartAsync(new ServiceSetup { Database = host.Database });
        var clients = new[] { host.Client(caller), neighbour.Client(caller) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => clients[i % 2].Post(SqueezeIn(locker), new LockerAnswer(locker, "same"), key)));

        Assert.Equal(1, await Events(locker));
        Assert.Single(answers, answer => !answer.Replayed);
        Assert.Single(answers.Select(answer => (answer.Is(HttpStatusCode.OK).Text, answer.Version)).Distinct());
    }

    [Fact]
    public async Task While_the_first_request_goes_on_a_repeat_waits_and_then_says_so()
    {
        var (caller, locker, key) = (TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey());
        var path = SqueezeIn(locker);
        await using var connection = await host.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var running = new NpgsqlCommand("insert into mt_doc_storedanswer (id, data, mt_dotnet_type) values ($1, '{}', 'running')", connection)
        {
            Parameters = { new() { Value = NaturalId.For("idempotency", caller.AccountId.ToString("N"), "POST", path, key) } },
        };
        await running.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var answer = await host.Client(caller).Post(path, new LockerAnswer(locker, "later"), key);

        answer.IsRefused(HttpStatusCode.Conflict, "idempotency.in_progress");
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(0, await Events(locker));

        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.False((await host.Client(caller).Post(path, new LockerAnswer(locker, "later"), key)).Is(HttpStatusCode.OK).Replayed);
    }

    [Fact]
    public async Task A_stranger_gets_the_stored_answer_by_the_key_alone()
    {
        var (locker, key) = (Guid.CreateVersion7(), TestKit.Http.NewKey());
        var first = await host.Client().Post(SqueezeIn(locker), new LockerAnswer(locker, "匿名"), key);
        var again = await host.Client().Post(SqueezeIn(locker), new LockerAnswer(locker, "匿名"), key);
        Assert.Equal((true, first.Text), (again.Replayed, again.Is(HttpStatusCode.OK).Text));
        Assert.Equal(1, await Events(locker));
    }

    [Fact]
    public async Task Refusals_for_good_are_stored()
    {
        var (caller, locker, unknownKey, ruleKey) = (TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey(), TestKit.Http.NewKey());
        var unknown = (await Leave(caller, locker, unknownKey)).IsRefused(HttpStatusCode.NotFound, "locker.unknown");
        await host.Decide(locker, new TakeLocker(locker, Guid.CreateVersion7(), 30).Decide);

        var again = (await Leave(caller, locker, unknownKey)).IsRefused(HttpStatusCode.NotFound, "locker.unknown");
        Assert.Equal((false, true), (unknown.Replayed, again.Replayed));

        (await Leave(caller, locker, ruleKey)).IsRefused(HttpStatusCode.UnprocessableEntity, "locker.not_yours");
        Assert.True((await Leave(caller, locker, ruleKey)).IsRefused(HttpStatusCode.UnprocessableEntity, "locker.not_yours").Replayed);
    }

    [Fact]
    public async Task Refusals_that_time_may_change_are_not_stored()
    {
        var (caller, other, locker, key, staleKey) = (TestCaller.Somebody(), TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey(), TestKit.Http.NewKey());
        await host.Decide(locker, new TakeLocker(locker, other.AccountId, 30).Decide);
        (await Take(caller, locker, Body, key)).IsRefused(HttpStatusCode.Conflict, "locker.taken");
        (await Take(other, locker, Body, staleKey, ifMatch: 7)).IsRefused(HttpStatusCode.PreconditionFailed, "version.stale");

        await Leave(other, locker, TestKit.Http.NewKey());

        Assert.False((await Take(caller, locker, Body, key)).Is(HttpStatusCode.OK).Replayed);
        (await Take(other, locker, Body, staleKey, ifMatch: 7)).IsRefused(HttpStatusCode.PreconditionFailed, "version.stale");
    }

    [Fact]
    public async Task A_decision_without_a_fact_is_stored_too()
    {
        var (caller, locker, key) = (TestCaller.Somebody(), Guid.CreateVersion7(), TestKit.Http.NewKey());
        await Take(caller, locker, Body, TestKit.Http.NewKey());
        Assert.False((await Take(caller, locker, Body, key)).Is(HttpStatusCode.OK).Replayed);
        Assert.True((await Take(caller, locker, Body, key)).Is(HttpStatusCode.OK).Replayed);
        Assert.Equal(1, await Events(locker));
    }

    [Fact]
    public async Task What_is_stored_cannot_be_read_in_the_database()
    {
        var (caller, locker) = (TestCaller.Somebody(), Guid.CreateVersion7());
        await Take(caller, locker, Body with { Name = "密文姓名壹贰叁" }, TestKit.Http.NewKey());
        var stored = await host.Database.Ask<string>("select string_agg(data::text, '') from mt_doc_storedanswer");
        Assert.DoesNotContain("密文姓名壹贰叁", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("密文姓名壹贰叁"u8), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_too_short_is_malformed() =>
        (await host.Client().Post(SqueezeIn(Guid.CreateVersion7()), key: "too-short")).IsRefused(HttpStatusCode.BadRequest, "request.malformed");

    private static string SqueezeIn(Guid locker) => $"/api/sample/v1/lockers/{locker}/holder:squeeze-in";

    private Task<Answer> Take(TestCaller caller, Guid locker, TakeLockerRequest body, string key, long? ifMatch = null) =>
        host.Client(caller).Put($"/api/sample/v1/lockers/{locker}/holder", body, key, ifMatch);

    private Task<Answer> Leave(TestCaller caller, Guid locker, string key) =>
        host.Client(caller).Post($"/api/sample/v1/lockers/{locker}/holder:leave", key: key);

    private Task<long> Events(Guid locker) => host.Database.Ask<long>("select count(*) from mt_events where stream_id = $1", locker);
}
