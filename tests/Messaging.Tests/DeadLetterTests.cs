using System.Text;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Testcontainers.RabbitMq;

namespace Expo.Messaging.Tests;

/// <summary>What a broker gives up to deliver is kept for looking at, and asked for again (G11).</summary>
[Trait("needs", "rabbitmq")]
[Collection("broker")]
public sealed class DeadLetterTests
{
    [Fact]
    public async Task A_message_that_was_delivered_too_often_without_an_end_is_a_dead_letter_and_has_its_effect_all_the_same()
    {
        // One of its own, with the management API through which the policies are set.
        await using var node = new RabbitMqBuilder("rabbitmq:3.13-management").WithPortBinding(15672, true).Build();
        await node.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(node.GetConnectionString());
        var settings = new Dictionary<string, string>(Cast.Impatient)
        {
            ["ConnectionStrings:messaging"] = address.ToString(),
            ["Messaging:Management"] = $"http://{node.Hostname}:{node.GetMappedPublicPort(15672)}",
        };
        var name = Cast.NewName("listener");
        var queue = $"{name}-note-visit-when-locker-was-taken";
        await using var database = await Database.CreateAsync(name);
        await using var teller = await Cast.Teller(settings: settings);
        await using (var listener = await Cast.Listener(name, database: database, settings: settings))
        {
            await teller.Take(3, Cast.Lockers(3));
            await Eventually.StepByStep(listener.NotedCount, noted => noted == 3);
            var topology = listener.Services.GetRequiredService<Topology>();
            await Eventually.Is(async () => string.Join(", ", (await topology.Diff(TestContext.Current.CancellationToken))!), differences => differences == "", Cast.Within);
        }

        // Nobody of ours listens now; somebody takes the first message again and again without ever being done.
        await using var broker = await BrokerClient.Connect(address.ToString());
        await teller.Take(4, Cast.Lockers(1));
        await Eventually.True(async () => await broker.Waiting(queue) == 4, Cast.Within);
        Assert.Equal(21, await broker.GiveBack(queue, 21));
        await Eventually.True(async () => await broker.Waiting("expo.dead-letters") == 1, Cast.Within);
        Assert.Equal(3u, await broker.Waiting(queue));
        var death = (await broker.Take("expo.dead-letters"))!;
        Assert.Equal((queue, "delivery_limit"), (Text(death, "x-first-death-queue"), Text(death, "x-first-death-reason")));
        Assert.Equal(await teller.Database.Ask<Guid>("select id from mt_events order by seq_id offset 3 limit 1"), Guid.Parse(death.MessageId!));

        await using var again = await Cast.Listener(name, database: database, settings: settings);
        var told = await teller.ToldOf();
        await again.NotesAll(told);
        Assert.Equal(0, await database.ParkedIn());

        static string Text(RabbitMQ.Client.IReadOnlyBasicProperties properties, string header) => Encoding.UTF8.GetString((byte[])properties.Headers![header]!);
    }
}
