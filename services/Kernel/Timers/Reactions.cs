using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Kernel.Timers;

/// <summary>Which timers follow which events, and who runs them.</summary>
public sealed class Reactions
{
    private readonly Dictionary<string, Func<IServiceProvider, Guid, string, CancellationToken, Task>> runs = [];
    private readonly Dictionary<Type, string> names = [];

    internal List<Func<object, DateTimeOffset, IEnumerable<Due>>> Due { get; } = [];

    internal void Add<TCommand>(string storedName)
        where TCommand : class
    {
        names.Add(typeof(TCommand), storedName);
        runs.Add(storedName, (services, stream, command, ct) =>
            services.GetRequiredService<IReact<TCommand>>().React(stream, JsonSerializer.Deserialize<TCommand>(command, EventStore.Json)!, ct));
    }

    /// <summary>The rows that follow an event.</summary>
    internal IEnumerable<TimerRow> After(object fact, DateTimeOffset now, Call call) =>
        from rule in Due
        from due in rule(fact, now)
        select new TimerRow(
            Guid.CreateVersion7(), due.At, due.Stream, names[due.Command.GetType()],
            JsonSerializer.Serialize(due.Command, due.Command.GetType(), EventStore.Json), call.Edition, call.Actor, 0);

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
