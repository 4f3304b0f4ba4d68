using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Kernel.Timers;

/// <summary>Which timers and claims follow which events, and who runs the timers.</summary>
public sealed class Reactions
{
    private readonly Dictionary<string, Func<IServiceProvider, Guid, string, CancellationToken, Task>> runs = [];
    private readonly Dictionary<Type, string> names = [];

    internal List<Func<object, DateTimeOffset, IEnumerable<Due>>> Due { get; } = [];

    internal List<Func<object, IEnumerable<Claim>>> Claims { get; } = [];

    internal void Add<TCommand>(string storedName)
        where TCommand : class
    {
        names.Add(typeof(TCommand), storedName);
        runs.Add(storedName, (services, stream, command, ct) =>
            services.GetRequiredService<IReact<TCommand>>().React(stream, JsonSerializer.Deserialize<TCommand>(command, EventStore.Json)!, ct));
    }

    /// <summary>Queues what follows an event on the session that appends it; true when something is due at once.</summary>
    internal bool Queue(IDocumentSession session, object fact, DateTimeOffset now, Call call)
    {
        foreach (var claim in Claims.SelectMany(rule => rule(fact)))
        {
            if (claim.Taken)
                session.Insert(claim);
            else
                session.Delete<Claim>(claim.Id);
        }

        var rows = Due.SelectMany(rule => rule(fact, now)).Select(due => new TimerRow(
            Guid.CreateVersion7(), due.At, due.Stream, names[due.Command.GetType()],
            JsonSerializer.Serialize(due.Command, due.Command.GetType(), EventStore.Json), call.Edition, call.Actor, 0)).ToArray();
        session.Insert(rows);
        return rows.Any(row => row.DueAt <= now);
    }

    /// <summary>Runs one row.</summary>
    internal Task Run(IServiceProvider services, TimerRow row, CancellationToken ct) => runs[row.Name](services, row.Stream, row.Command, ct);
}

/// <summary>Wakes the timers of this process when something is due at once.</summary>
public sealed class TimerSignal
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Something is due now.</summary>
    public void Wake()
    {
        if (signal.CurrentCount == 0)
        {
            try
            {
                signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else woke it in the same moment.
            }
        }
    }

    internal Task Wait(TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(atMost, ct);
}
