using System.Net;
using System.Text;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>What a broker gives up to deliver is kept for looking at, and asked for again (G11).</summary>
[Trait("needs", "rabbitmq")]
public sealed class DeadLetterTests : Stage
{
    [Fact]
    public async Task An_operator_sees_what_is_not_as_it_should_be_on_the_broker()
    {
        var name = NewName("listener");
        var (queue, path) = ($"{name}-note-visit-when-locker-was-taken", $"/api/{name}/v1/operations/topology");
        await using (var unmanaged = await Listener(name))
        {
            using var operations = unmanaged.Client(TestCaller.Operator);
            (await operations.Get(path)).IsRefused(HttpStatusCode.Conflict, "broker.no_management");
        }

        await using var listener = await Listener(name, settings: ("Messaging:Management", Management.ToString()));
        using var desk = listener.Client(TestCaller.Operator);
        using var officer = listener.Client(TestCaller.Officer);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.Get(path)).Status);
        await Eventually.Is(Differences, seen => seen == "", Within);

        var host = Address.AbsolutePath[1..];
        await Manage(HttpMethod.Put, $"queues/{host}/{name}-note-what-nobody-tells", new { durable = true });
        await Manage(HttpMethod.Delete, $"policies/{host}/expo-consumers", null);
        await Manage(HttpMethod.Delete, $"bindings/{host}/e/Expo.Kernel.Tests.Sample:LockerWasTaken/e/{queue}/~", null);
        await Eventually.Is(Differences, seen => seen == $"{queue} queue.no_policy, {queue} queue.not_bound, {name}-note-what-nobody-tells queue.unexpected", Within);

        async Task<string> Differences() => string.Join(", ", (await desk.Get(path)).Is(HttpStatusCode.OK).Json.GetProperty("differences").EnumerateArray()
            .Select(difference => $"{difference.GetProperty("queue").GetString()} {difference.GetProperty("code").GetString()}"));
    }

    [Fact]
    public async Task A_message_that_was_delivered_too_often_without_an_end_is_a_dead_letter_and_has_its_effect_all_the_same()
    {
        var management = ("Messaging:Management", Management.ToString());
        var name = NewName("listener");
        var queue = $"{name}-note-visit-when-locker-was-taken";
        await using var database = await Database.CreateAsync(name);
        await using var teller = await Teller(settings: management);
        await using (var listener = await Listener(name, database: database, settings: management))
        {
            await teller.Take(3, Lockers(3));
            await Eventually.StepByStep(listener.NotedCount, noted => noted == 3);
            var topology = listener.Services.GetRequiredService<Topology>();
            await Eventually.Is(async () => string.Join(", ", (await topology.Diff(TestContext.Current.CancellationToken))!), differences => differences == "", Within);
        }

        // Nobody of ours listens now; somebody takes the first message again and again without ever being done.
        await using var broker = await Hand();
        await teller.Take(4, Lockers(1));
        await Eventually.True(async () => await broker.Waiting(queue) == 4, Within);
        Assert.Equal(21, await broker.GiveBack(queue, 21));
        await Eventually.Is(async () => (Dead: await broker.Waiting("expo.dead-letters"), Left: await broker.Waiting(queue)), waiting => waiting == (1u, 3u), TimeSpan.FromSeconds(60));
        var death = (await broker.Take("expo.dead-letters"))!;
        Assert.Equal((queue, "delivery_limit"), (Text(death, "x-first-death-queue"), Text(death, "x-first-death-reason")));
        Assert.Equal(await teller.Database.Ask<Guid>("select id from mt_events order by seq_id offset 3 limit 1"), Guid.Parse(death.MessageId!));

        await using var again = await Listener(name, database: database, settings: management);
        var told = await teller.ToldOf();
        await again.NotesAll(told);
        Assert.Equal(0, await database.ParkedIn());

        static string Text(RabbitMQ.Client.IReadOnlyBasicProperties properties, string header) => Encoding.UTF8.GetString((byte[])properties.Headers![header]!);
    }
}
