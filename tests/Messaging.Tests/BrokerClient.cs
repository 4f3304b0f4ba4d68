using System.Diagnostics.Metrics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Expo.Messaging.Tests;

/// <summary>Somebody who works on a broker by hand.</summary>
internal sealed class BrokerClient(IConnection connection) : IAsyncDisposable
{
    public static async Task<BrokerClient> Connect(Uri address)
    {
        var factory = new ConnectionFactory { Uri = address };
        return new BrokerClient(await factory.CreateConnectionAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Deletes a queue with all that is in it.</summary>
    public async Task Delete(string queue)
    {
        await using var channel = await Channel();
        await channel.QueueDeleteAsync(queue, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Whether there is such a queue.</summary>
    public async Task<bool> Knows(string queue)
    {
        await using var channel = await Channel();
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, TestContext.Current.CancellationToken);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Puts a body into a queue, whatever it is.</summary>
    public async Task Send(string queue, string body)
    {
        await using var channel = await Channel();
        await channel.BasicPublishAsync(
            "", queue, false, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
    }

    /// <summary>How many messages wait in a queue.</summary>
    public async Task<uint> Waiting(string queue)
    {
        await using var channel = await Channel();
        return (await channel.QueueDeclarePassiveAsync(queue, TestContext.Current.CancellationToken)).MessageCount;
    }

    /// <summary>Takes the first message and gives it back as not dealt with, so often; says how often there was one.</summary>
    public async Task<int> GiveBack(string queue, int times)
    {
        await using var channel = await Channel();
        for (var n = 0; n < times; n++)
        {
            if (await channel.BasicGetAsync(queue, autoAck: false, TestContext.Current.CancellationToken) is not { } message)
                return n;
            await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, TestContext.Current.CancellationToken);
        }

        return times;
    }

    /// <summary>Takes the first message for good.</summary>
    public async Task<IReadOnlyBasicProperties?> Take(string queue)
    {
        await using var channel = await Channel();
        return (await channel.BasicGetAsync(queue, autoAck: true, TestContext.Current.CancellationToken))?.BasicProperties;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private Task<IChannel> Channel() => connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
}

/// <summary>What a counter has counted of a queue since.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener listener = new();
    private long sum;

    public Counted(Counter<long> counter, string queue)
    {
        listener.SetMeasurementEventCallback<long>((_, by, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == Telemetry.Queue && queue.Equals(tag.Value))
                    Interlocked.Add(ref sum, by);
            }
        });
        listener.EnableMeasurementEvents(counter);
        listener.Start();
    }

    public long Sum => Interlocked.Read(ref sum);

    public void Dispose() => listener.Dispose();
}
