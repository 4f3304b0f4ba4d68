using System.Net;
using Expo.Kernel.Tests.Sample;
using Expo.Messaging.Listening;
using Expo.Messaging.Parking;
using Expo.TestKit;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>A poisoned message stops one stream, not the system, until an operator decides (G11).</summary>
[Trait("needs", "rabbitmq")]
public sealed class ParkingTests : Stage
{
    [Fact]
    public async Task What_fails_is_parked_with_all_that_follows_it_and_a_retry_brings_them_in_order()
    {
        var (sick, well, mood) = (Guid.CreateVersion7(), Guid.CreateVersion7(), new Mood());
        mood.Poisoned[sick] = true;
        await using var listener = await Listener(NewName("listener"), mood);
        await using var teller = await Teller();
        await teller.Take(10, sick, well);

        var parked = await Eventually.Is(() => Parked(listener), rows => rows.Count == 5, Within);
        await Eventually.StepByStep(listener.NotedCount, noted => noted == 5);
        Assert.Equal([ParkedStatus.Parked, .. Enumerable.Repeat(ParkedStatus.Behind, 4)], parked.Select(row => row.Status));
        Assert.Equal([1, 2, 3, 4, 5], parked.Select(row => row.Version));
        Assert.All(parked, row => Assert.Equal(sick, row.Stream));
        Assert.Equal((typeof(InvalidOperationException).FullName, 2), (parked[0].Reason, parked[0].Attempts));
        Assert.False(await Decide(listener, parked[1], retry: true)); // not before the first

        Assert.True(await Decide(listener, parked[0], retry: true)); // nothing was mended: it comes back
        await Eventually.Is(() => Parked(listener), rows => rows is [{ Status: ParkedStatus.Parked, Attempts: 4 }, ..], Within);

        mood.Poisoned.Clear();
        Assert.True(await Decide(listener, (await Parked(listener))[0], retry: true));
        var told = await teller.ToldOf();
        await Eventually.Is(listener.Noted, noted => noted == told, Within);
        await Eventually.Is(() => Parked(listener), rows => rows.Count == 0, Within);
    }

    [Fact]
    public async Task An_operator_sees_it_tries_dry_and_skips_it_and_the_log_says_who_and_why()
    {
        var (sick, mood, name) = (Guid.CreateVersion7(), new Mood(), NewName("listener"));
        mood.Poisoned[sick] = true;
        await using var listener = await Listener(name, mood);
        var source = NewName("teller");
        await using var teller = await Teller(source);
        await teller.Take(3, sick);
        await Eventually.Is(() => Parked(listener), rows => rows.Count == 3, Within);
        var caller = TestCaller.Operator;
        using var operations = listener.Client(caller);
        var path = $"/api/{name}/v1/operations";

        var list = (await operations.Get($"{path}/parked-messages")).Is(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.Equal((3, "parked"), (list.GetArrayLength(), list[0].GetProperty("status").GetString()));
        var (first, second) = (list[0].GetProperty("id").GetGuid(), list[1].GetProperty("id").GetGuid());
        Assert.Equal(2, (await operations.Get($"{path}/parked-messages/{first}")).Is(HttpStatusCode.OK).Json.GetProperty("behind").GetArrayLength());
        (await operations.Post($"{path}/parked-messages/{first}/skip", new { })).IsRefused(HttpStatusCode.UnprocessableEntity, "why.missing");
        (await operations.Post($"{path}/parked-messages/{second}/skip", new { why = "a test" })).IsRefused(HttpStatusCode.Conflict, "parked_message.not_first");
        (await operations.Post($"{path}/parked-messages/{first}/skip", new { why = "a test", dryRun = true })).Is(HttpStatusCode.OK);
        Assert.Equal(3, (await Parked(listener)).Count);
        Assert.Equal(3, (await operations.Get($"{path}/lag")).Is(HttpStatusCode.OK).Json.GetProperty("parked").GetInt64());
        using var officer = listener.Client(TestCaller.Officer);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.Get($"{path}/lag")).Status);

        mood.Poisoned.Clear();
        (await operations.Post($"{path}/parked-messages/{first}/skip", new { why = "a test" })).Is(HttpStatusCode.OK);
        await teller.Take(1, sick);

        var told = string.Join('\n', (await teller.ToldOf()).Split('\n').Skip(1));
        await Eventually.Is(listener.Noted, noted => noted == told, Within);
        await Eventually.Is(() => Parked(listener), rows => rows.Count == 0, Within);

        // For ever: it comes again, but is not heard.
        using var replayed = new Counted(Telemetry.Replayed, $"{name}-note-visit-when-locker-was-taken");
        await listener.Services.GetRequiredService<Hearing>().Ask(
            $"{name}-note-visit-when-locker-was-taken", source, ["Expo.Kernel.Tests.Sample:LockerWasTaken"], 0, null, TestContext.Current.CancellationToken);
        await Eventually.True(() => replayed.Sum >= 4, Within);
        await teller.Take(1, sick);
        told = string.Join('\n', (await teller.ToldOf()).Split('\n').Skip(1));
        await Eventually.Is(listener.Noted, noted => noted == told, Within);
        (await operations.Post($"{path}/parked-messages/{first}/retry", new { why = "a test" })).IsRefused(HttpStatusCode.Conflict, "parked_message.decided");
        var log = (await operations.Get($"{path}/log")).Is(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.Equal([false, true], log.EnumerateArray().Select(entry => entry.GetProperty("dryRun").GetBoolean()));
        Assert.All(log.EnumerateArray(), entry => Assert.Equal((caller.AccountId, "a test"), (entry.GetProperty("by").GetGuid(), entry.GetProperty("why").GetString())));
    }

    [Fact]
    public async Task What_an_operator_asked_for_and_never_came_is_asked_for_again()
    {
        var (sick, mood) = (Guid.CreateVersion7(), new Mood());
        mood.Poisoned[sick] = true;
        await using var listener = await Listener(NewName("listener"), mood);
        await using var teller = await Teller();
        await teller.Take(2, sick);
        await Eventually.Is(() => Parked(listener), rows => rows.Count == 2, Within);
        mood.Poisoned.Clear();

        // As if the process had ended between the decision and the request.
        await listener.Database.Run("update mt_doc_parkedmessage set data = data || '{\"Status\": \"retrying\"}' where data ->> 'Status' = 'parked'");

        await listener.NotesAll(await teller.ToldOf());
        await Eventually.Is(() => Parked(listener), rows => rows.Count == 0, Within);
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_unknown_is_parked_and_holds_nobody_up()
    {
        var name = NewName("listener");
        await using var listener = await Listener(name);
        await using var teller = await Teller();
        await using var broker = await Hand();
        await broker.Send($"{name}-note-visit-when-locker-was-taken", "{ this is no message");
        await broker.Send($"{name}-note-visit-when-locker-was-taken", """{"messageId":"0197f000-0000-7000-8000-000000000001","messageType":["urn:message:Nowhere:Unheard"],"message":{}}""");
        await teller.Take(5, Lockers(5));

        await Eventually.StepByStep(listener.NotedCount, noted => noted == 5);
        var parked = await Eventually.Is(() => Parked(listener), rows => rows.Count == 2, Within);
        Assert.Contains(parked, row => row.Reason.Contains("Json", StringComparison.Ordinal));
        Assert.Contains(parked, row => row.Reason.Contains("type", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<ParkedMessage>> Parked(SampleHost listener)
    {
        await using var session = listener.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return [.. (await session.QueryAsync<ParkedMessage>("order by (d.data ->> 'Position')::bigint")).Where(row => row.IsOpen())];
    }

    private static Task<bool> Decide(SampleHost listener, ParkedMessage parked, bool retry) =>
        listener.Services.GetRequiredService<ParkingLot>().Decide(parked, retry, "operator", "a test", TestContext.Current.CancellationToken);
}
