using System.Net;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Messaging.Tests;

/// <summary>What an operator does with a service holds wherever its relay and projections run.</summary>
[Trait("needs", "rabbitmq")]
[Collection("broker")]
public sealed class OperationsTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_paused_relay_tells_nothing_on_any_node_until_it_is_resumed()
    {
        await using var bus = await TestBus.StartAsync<LockerWasTaken>("relay-pause");
        var name = Cast.NewName("teller");
        await using var other = await Cast.Teller();
        await using var database = await Database.CreateAsync(name);
        var relay = $"/api/{name}/v1/operations/relay";
        await using (await Cast.Teller(name, database)) // it runs the relay
        await using (var two = await Cast.Teller(name, database))
        {
            using var operations = two.Client(TestCaller.Operator);
            (await operations.Post($"{relay}/resume", new { why = "a test" })).IsRefused(HttpStatusCode.Conflict, "relay.not_paused");
            (await operations.Post($"{relay}/pause", new { })).IsRefused(HttpStatusCode.UnprocessableEntity, "why.missing");
            (await operations.Post($"{relay}/pause", new { why = "a test", dryRun = true })).Is(HttpStatusCode.OK);
            (await operations.Post($"{relay}/pause", new { why = "the broker moves" })).Is(HttpStatusCode.OK);
            (await operations.Post($"{relay}/pause", new { why = "once more" })).IsRefused(HttpStatusCode.Conflict, "relay.paused");
            await two.Take(5, Cast.Lockers(5));
        }

        await using var three = await Cast.Teller(name, database);
        await three.Take(5, Cast.Lockers(5));
        await other.Take(1, Cast.Lockers(1));
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
}
