using System.Collections.Concurrent;
using MassTransit;

namespace Expo.Messaging.Feeds;

/// <summary>A connection of its own to the broker, for sending only: no wait is unbounded, and it is made anew when it keeps failing.</summary>
internal sealed partial class Publisher(Uri broker, ILogger<Publisher> logger) : IAsyncDisposable
{
    private const int RebuildAfter = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim connecting = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> known = [];
    private IBusControl? bus;
    private int failures;

    /// <summary>Connects; what is published after that without waiting leaves in that order, once a first message of its type has gone.</summary>
    public Task Ready(CancellationToken ct) => bus is null ? Connect(ct) : Task.CompletedTask;

    /// <summary>Whether a message of this type has gone over this connection: the first one declares its exchange.</summary>
    public bool Knows(string type) => known.ContainsKey(type);

    /// <summary>One has.</summary>
    public void Learn(string type) => known[type] = true;

    /// <summary>Publishes to whoever has bound a queue; returns when the broker has confirmed, throws when it did not in time.</summary>
    public Task Publish(object message, Action<SendContext> stamp, bool mandatory, CancellationToken ct) => InTime(
        connected => connected.Publish(message, message.GetType(), Pipe.Execute<PublishContext>(context =>
        {
            stamp(context);
            context.Mandatory = mandatory;
        }), ct), ct);

    /// <summary>Sends to one queue.</summary>
    public Task Send(string queue, object message, Action<SendContext> stamp, CancellationToken ct) => InTime(async connected =>
    {
        // By its exchange: an address "queue:…" would declare the quorum queue again, as a classic one.
        var endpoint = await connected.GetSendEndpoint(new Uri($"exchange:{queue}"));
        await endpoint.Send(message, message.GetType(), Pipe.Execute(stamp), ct);
    }, ct);

    /// <summary>Whether the broker gave a message back because no queue is bound for it.</summary>
    public static bool IsReturned(Exception? e) =>
        e is not null && (e is MessageReturnedException or RabbitMQ.Client.Exceptions.PublishException { IsReturn: true } || IsReturned(e.InnerException));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref bus, null) is { } last)
            await End(last);
        connecting.Dispose();
    }

    // A token alone does not bound it. After some failures in a row the next one goes over a new connection; those that were under way together count as one.
    private async Task InTime(Func<IBusControl, Task> send, CancellationToken ct)
    {
        var before = Volatile.Read(ref failures);
        var connected = bus ?? await Connect(ct);
        try
        {
            await send(connected).WaitAsync(Patience, ct);
            Volatile.Write(ref failures, 0);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !IsReturned(e))
        {
            if (Interlocked.CompareExchange(ref failures, before + 1, before) == before && before + 1 >= RebuildAfter)
                GiveUp(connected);
            throw;
        }
    }

    private void GiveUp(IBusControl old)
    {
        if (Interlocked.CompareExchange(ref bus, null, old) != old)
            return;
        Volatile.Write(ref failures, 0);
        known.Clear();
        Rebuilding(logger);
        _ = End(old);
    }

    private async Task<IBusControl> Connect(CancellationToken ct)
    {
        await connecting.WaitAsync(ct);
        try
        {
            if (bus is not null)
                return bus;

            var made = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker, host => host.Heartbeat(TimeSpan.FromSeconds(10))));
            try
            {
                await made.StartAsync(ct).WaitAsync(Patience, ct);
            }
            catch
            {
                _ = End(made);
                throw;
            }

            return bus = made;
        }
        finally
        {
            connecting.Release();
        }
    }

    // It may never come to an end: nobody waits for it.
    private async Task End(IBusControl old)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            await old.StopAsync(limit.Token).WaitAsync(Patience, CancellationToken.None);
        }
        catch (Exception e)
        {
            NotEnded(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publishing keeps failing: the connection to the broker is made anew")]
    private static partial void Rebuilding(ILogger logger);

    [LoggerMessage(Level = LogLevel.Debug, Message = "An old connection to the broker did not end")]
    private static partial void NotEnded(ILogger logger, Exception failure);
}

/// <summary>How message types are named between services.</summary>
internal static class TypeName
{
    public static string Of(Type type) => $"{type.Namespace}:{type.Name}";
}
