using System.Net;
using System.Text.Json;
using Expo.Kernel.Tests.Sample;
using Expo.Operations;
using Expo.TestKit;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>What an operator does with a service holds wherever its relay and projections run.</summary>
[Trait("needs", "rabbitmq")]
public sealed class OperationsTests : Stage
{
    [Fact]
    public async Task A_paused_relay_tells_nothing_on_any_node_until_it_is_resumed()
    {
        await using var bus = await Bus<LockerWasTaken>("relay-pause");
        var name = NewName("teller");
        await using var other = await Teller();
        await using var database = await Database.CreateAsync(name);
        var relay = $"/api/{name}/v1/operations/relay";
        await using (await Teller(name, database)) // it runs the relay
        await using (var two = await Teller(name, database))
        {
            using var operations = two.Client(TestCaller.Operator);
            (await operations.Post($"{relay}/resume", new { why = "a test" })).IsRefused(HttpStatusCode.Conflict, "relay.not_paused");
            (await operations.Post($"{relay}/pause", new { })).IsRefused(HttpStatusCode.UnprocessableEntity, "why.missing");
            (await operations.Post($"{relay}/pause", new { why = "a test", dryRun = true })).Is(HttpStatusCode.OK);
            (await operations.Post($"{relay}/pause", new { why = "the broker moves" })).Is(HttpStatusCode.OK);
            (await operations.Post($"{relay}/pause", new { why = "once more" })).IsRefused(HttpStatusCode.Conflict, "relay.paused");
            await two.Take(5, Lockers(5));
        }

        await using var three = await Teller(name, database);
        await three.Take(5, Lockers(5));
        await other.Take(1, Lockers(1));
        await Eventually.True(() => bus.Received.Any(received => (string)received.Headers[MessageHeaders.Source] != name), Within);
        Assert.DoesNotContain(bus.Received, received => (string)received.Headers[MessageHeaders.Source] == name);

        using var desk = three.Client(TestCaller.Operator);
        var lag = (await desk.Get($"/api/{name}/v1/operations/lag")).Is(HttpStatusCode.OK).Json.GetProperty("relay");
        Assert.Equal(("the broker moves", 10), (lag.GetProperty("paused").GetProperty("why").GetString(), lag.GetProperty("behind").GetInt64()));
        (await desk.Post($"{relay}/resume", new { why = "it has moved" })).Is(HttpStatusCode.OK);

        await Eventually.True(() => bus.Received.Count(received => (string)received.Headers[MessageHeaders.Source] == name) == 10, Within);
        Assert.Equal("null", (await desk.Get($"/api/{name}/v1/operations/lag")).Is(HttpStatusCode.OK).Json.GetProperty("relay").GetProperty("paused").GetRawText());
        Assert.Equal(
            ["resume it has moved", "pause the broker moves", "pause a test"],
            (await desk.Get($"/api/{name}/v1/operations/log")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
                .Select(entry => $"{entry.GetProperty("command").GetString()} {entry.GetProperty("why").GetString()}"));
    }

    [Fact]
    [Trait("on", "compat")]
    public async Task An_event_that_stops_the_relay_is_seen_and_passed_over_alone_from_any_node()
    {
        await using var bus = await Bus<LockerWasTaken>("relay-poison");
        var name = NewName("teller");
        await using var database = await Database.CreateAsync(name);
        await using var one = await Teller(name, database); // it runs the relay
        await using var two = await Teller(name, database);
        using var desk = two.Client(TestCaller.Operator);
        var operations = $"/api/{name}/v1/operations";
        var lockers = await one.Take(3, Lockers(3));
        var first = string.Join(' ', lockers);
        await Eventually.Is(() => Task.FromResult(Told(bus, name)), told => told == first, Within);
        await database.Ask<int>("update mt_events set data = '{\"Until\": \"some day\"}' where seq_id = 2 returning 1");
        (await desk.Post($"{operations}/checkpoints", new { shard = "Relay:All", position = 0, why = "a test" })).Is(HttpStatusCode.OK);

        var relay = await Eventually.Is(
            async () => (await desk.Get($"{operations}/lag")).Is(HttpStatusCode.OK).Json.GetProperty("shards")[0], shard => shard.GetProperty("event").ValueKind != JsonValueKind.Null, Within);
        Assert.Equal(("Relay:All", "paused", 1), (relay.GetProperty("name").GetString(), relay.GetProperty("state").GetString(), relay.GetProperty("position").GetInt64()));
        Assert.Equal($$"""{"sequence":2,"type":"locker_taken","stream":"{{lockers[1]}}"}""", relay.GetProperty("event").GetRawText());
        Assert.Contains("EventDeserializationFailureException", relay.GetProperty("failure").GetString(), StringComparison.Ordinal);

        (await desk.Post($"{operations}/rebuilds", new { projection = "Locker", why = "a test" })).Is(HttpStatusCode.OK);
        var failed = await Ended(desk, operations);
        Assert.Equal(("failed", 2), (failed.GetProperty("state").GetString(), failed.GetProperty("event").GetProperty("sequence").GetInt64()));

        var skip = $"{operations}/shards/Relay:All/skip";
        (await desk.Post($"{operations}/shards/Nobody:All/skip", new { sequence = 2, why = "a test" })).IsRefused(HttpStatusCode.NotFound, "shard.unknown");
        (await desk.Post(skip, new { sequence = 1, why = "a test" })).IsRefused(HttpStatusCode.Conflict, "shard.not_stopped_there");
        (await desk.Post(skip, new { sequence = 2 })).IsRefused(HttpStatusCode.UnprocessableEntity, "why.missing");
        (await desk.Post(skip, new { sequence = 2, why = "a test", dryRun = true })).Is(HttpStatusCode.OK);
        Assert.Equal("done", (await desk.Post(skip, new { sequence = 2, why = "nobody can read it" })).Is(HttpStatusCode.OK).Json.GetProperty("state").GetString());

        await Eventually.Is(() => Task.FromResult(Told(bus, name)), told => told == $"{first} {lockers[0]} {lockers[2]}", Within);
        Assert.Equal("Relay 2", await database.Ask<string>("select (data ->> 'ProjectionName') || ' ' || (data ->> 'EventSequence') from mt_doc_deadletterevent"));
        await Eventually.Is(
            async () => (await desk.Get($"{operations}/lag")).Json.GetProperty("shards")[0].GetProperty("state").GetString(), state => state == "running", Within);
        (await desk.Post(skip, new { sequence = 2, why = "again" })).IsRefused(HttpStatusCode.Conflict, "shard.not_stopped_there");

        // What was passed over stands in nobody's way later.
        await using var listener = await Listener(NewName("listener"));
        await Eventually.StepByStep(listener.NotedCount, noted => noted == 2);
    }

    [Fact]
    [Trait("on", "compat")]
    public async Task A_rebuild_and_a_checkpoint_are_ordered_from_any_node()
    {
        await using var bus = await Bus<LockerWasTaken>("relay-checkpoint");
        var name = NewName("teller");
        await using var database = await Database.CreateAsync(name);
        await using var one = await Teller(name, database); // it runs the relay
        await using var two = await Teller(name, database);
        var operations = $"/api/{name}/v1/operations";
        var lockers = await one.Take(3, Lockers(3));
        await Eventually.Is(() => Task.FromResult(Told(bus, name)), told => told == string.Join(' ', lockers), Within);
        foreach (var desk in (HttpClient[])[one.Client(TestCaller.Operator), two.Client(TestCaller.Operator)])
        {
            (await desk.Post($"{operations}/rebuilds", new { projection = "Nothing", why = "a test" })).IsRefused(HttpStatusCode.NotFound, "projection.unknown");
            (await desk.Post($"{operations}/rebuilds", new { projection = "Relay", why = "a test" })).IsRefused(HttpStatusCode.NotFound, "projection.unknown");
            (await desk.Post($"{operations}/checkpoints", new { shard = "Relay:All", position = 4, why = "a test" })).IsRefused(HttpStatusCode.UnprocessableEntity, "checkpoint.out_of_range");
            await database.Ask<int>("update mt_doc_locker set data = '{}' where id = $1 returning 1", lockers[0]);

            (await desk.Post($"{operations}/rebuilds", new { projection = "Locker", why = "a test" })).Is(HttpStatusCode.OK);
            var rebuilt = await Ended(desk, operations);
            Assert.Equal(("done", 3, 3), (rebuilt.GetProperty("state").GetString(), rebuilt.GetProperty("position").GetInt64(), rebuilt.GetProperty("target").GetInt64()));
            Assert.Equal(lockers[0].ToString(), await database.Ask<string>("select data ->> 'Id' from mt_doc_locker where id = $1", lockers[0]));

            var told = bus.Received.Count;
            (await desk.Post($"{operations}/checkpoints", new { shard = "Relay:All", position = 1, why = "tell again" })).Is(HttpStatusCode.OK);
            await Eventually.Is(() => Task.FromResult(bus.Received.Count), count => count == told + 2, Within);
        }

        Assert.Equal(1, await database.Ask<long>("select epoch from mt_shard_leases"));
    }

    [Fact]
    public async Task A_rebuild_under_way_is_not_asked_for_again_and_one_whose_node_died_has_failed()
    {
        var name = NewName("teller");
        await using var teller = await Teller(name);
        using var desk = teller.Client(TestCaller.Operator);
        var operations = $"/api/{name}/v1/operations";
        var lost = new Operation(
            Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, Guid.Empty, "rebuild", "Locker", "another node was at it", false, new("", "")) { State = OperationState.Running };
        await using (var session = teller.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Insert(lost);
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await desk.Post($"{operations}/rebuilds", new { projection = "Locker", why = "a test" })).IsRefused(HttpStatusCode.Conflict, "operation.under_way");
        await teller.Database.Ask<int>("update mt_doc_operation set mt_last_modified = now() - interval '1 minute' where id = $1 returning 1", lost.Id);
        Assert.Equal("its node ended", (await Ended(desk, operations)).GetProperty("failure").GetString());
        (await desk.Post($"{operations}/rebuilds", new { projection = "Locker", why = "a test" })).Is(HttpStatusCode.OK);
        await Eventually.Is(() => Ended(desk, operations), rebuild => rebuild.GetProperty("state").GetString() == "done", Within);
    }

    private static string Told(TestBus bus, string source) => string.Join(' ', bus.Received
        .Where(received => (string)received.Headers[MessageHeaders.Source] == source).Select(received => ((LockerWasTaken)received.Message).LockerId));

    private static Task<JsonElement> Ended(HttpClient desk, string operations) => Eventually.Is(
        async () => (await desk.Get($"{operations}/lag")).Is(HttpStatusCode.OK).Json.GetProperty("projections").EnumerateArray()
            .Single(projection => projection.GetProperty("name").GetString() == "Locker").GetProperty("rebuild"),
        rebuild => rebuild.GetProperty("state").GetString() is "done" or "failed", Within);
}
