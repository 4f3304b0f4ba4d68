using System.Collections.Concurrent;
using MassTransit;
using MessageHeaders = Expo.Messaging.MessageHeaders;

namespace Expo.Messaging.Tests;

/// <summary>A message as it came.</summary>
internal sealed record Received(Guid? Id, object Message, IReadOnlyDictionary<string, object> Headers);

/// <summary>A client of the shared broker that is none of our services.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly IBusControl bus;
    private readonly ConcurrentQueue<Received> received;
    private readonly ConcurrentDictionary<Guid, bool> ids;

    private TestBus(IBusControl bus, ConcurrentQueue<Received> received, ConcurrentDictionary<Guid, bool> ids) => (this.bus, this.received, this.ids) = (bus, received, ids);

    /// <summary>What has come so far, in the order in which it came.</summary>
    public IReadOnlyList<Received> Received => [.. received];

    /// <summary>How many different messages have come so far.</summary>
    public int Distinct => ids.Count;

    /// <summary>Connects; with a type of message, listens to it on a queue of its own.</summary>
    public static async Task<TestBus> StartAsync<TMessage>(Uri address, string queue)
        where TMessage : class
    {
        var (received, ids) = (new ConcurrentQueue<Received>(), new ConcurrentDictionary<Guid, bool>());
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(address);
            rabbit.ReceiveEndpoint(queue, endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.PrefetchCount = 1;
                endpoint.Handler<TMessage>(context =>
                {
                    received.Enqueue(new Received(context.MessageId, context.Message, context.Headers.GetAll().ToDictionary(h => h.Key, h => h.Value)));
                    ids[context.MessageId!.Value] = true;
                    return Task.CompletedTask;
                });
            });
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        return new TestBus(bus, received, ids);
    }

    /// <summary>Sends to one queue, as a relay would have published it.</summary>
    public async Task Send(string queue, object message, Guid id, Guid stream, long version)
    {
        // By its exchange: an address "queue:…" would declare the quorum queue again, as a classic one, and hang.
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        await endpoint.Send(message, message.GetType(), context =>
        {
            context.MessageId = id;
            context.Headers.Set(MessageHeaders.Source, "registration");
            context.Headers.Set(MessageHeaders.Position, version);
            context.Headers.Set(MessageHeaders.Stream, stream.ToString());
            context.Headers.Set(MessageHeaders.Version, version);
        }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await bus.StopAsync(TimeSpan.FromSeconds(10));
}
