using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Sessions;
using Microsoft.Extensions.Logging;

namespace Marten.Events.Daemon;

/// <summary>Runs one shard: page after page up to the mark, each committed together with its progress.</summary>
internal sealed partial class ShardAgent(DocumentStore store, ShardSource source, ShardMarks marks, ILogger logger, long? epoch = null) : ISubscriptionAgent, IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LazyProgress = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ShardPages _pages = new(store, source, epoch: epoch);
    private ReadAhead? _ahead;
    private Task? _running;
    private long _stored;
    private long _storedAt;

    public ShardName Name => source.Name;
    public ShardName ShardName => source.Name;
    public AsyncOptions Options => source.Options;
    public ShardExecutionMode Mode { get; private set; } = ShardExecutionMode.Continuous;
    public ErrorHandlingOptions ErrorOptions => Mode == ShardExecutionMode.Rebuild ? store.StoreOptions.Projections.RebuildErrors : store.StoreOptions.Projections.Errors;
    public AgentStatus Status { get; private set; } = AgentStatus.Stopped;
    public long Position { get; private set; }

    /// <summary>Why it paused, until what failed has been done; names events, never their bodies.</summary>
    public string? LastFailure { get; private set; }

    private ReadAhead Ahead => _ahead ??= new ReadAhead(_pages);

    public void Start() => _running ??= Run(_stopping.Token);

    public async Task Stop()
    {
        await _stopping.CancelAsync();
        if (_running is { } running)
            await Task.WhenAny(running, Task.Delay(store.StoreOptions.Projections.StopAndDrainTimeout, CancellationToken.None));
        Status = AgentStatus.Stopped;
        _ahead?.Forget();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Processes everything up to the ceiling now and throws what a page throws.</summary>
    public async Task RunTo(long ceiling, ShardExecutionMode mode, CancellationToken ct)
    {
        Mode = mode;
        await Locate(ct);
        while (Position < ceiling) await Page(ceiling, ct);
        await StoreProgress(ct);
    }

    public ValueTask MarkSuccessAsync(long processedCeiling) => ValueTask.CompletedTask;

    public Task ReportCriticalFailureAsync(Exception ex) => Stop();

    public Task ReportCriticalFailureAsync(Exception ex, long lastProcessed) => Stop();

    public async Task RecordDeadLetterEventAsync(IEvent @event, Exception ex)
    {
        await using var session = store.Session();
        session.Store(new DeadLetterEvent
        {
            Id = Guid.CreateVersion7(),
            ProjectionName = Name.Name,
            ShardName = Name.ShardKey,
            EventSequence = @event.Sequence,
            ExceptionType = ex.GetType().FullName ?? ex.GetType().Name,
            ExceptionMessage = Failures.Describe(ex),
            Timestamp = store.Events.TimeProvider.GetUtcNow(),
        });
        await session.SaveChangesAsync();
    }

    private async Task Run(CancellationToken ct)
    {
        await Task.Yield();
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (Status != AgentStatus.Running) await Locate(ct);
                if (failures == 0) Turn(AgentStatus.Running, ShardAction.Started);
                await Follow(Succeeded, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LastFailure = Failures.Describe(e);
                Turn(AgentStatus.Paused, ShardAction.Paused, e);
                Telemetry.ShardFailures.Add(1, new KeyValuePair<string, object?>("shard", Name.Identity));
                LogPaused(logger, Name.Identity, Position, LastFailure);
                await Pause(failures++, ct);
            }
        }

        // One that only tries again still stands.
        void Succeeded()
        {
            if (failures == 0) return;
            (failures, LastFailure) = (0, null);
            Turn(AgentStatus.Running, ShardAction.Started);
        }
    }

    /// <summary>Processes one page after the other and waits for the mark to pass the position; quiet pages store their progress lazily.</summary>
    private async Task Follow(Action succeeded, CancellationToken ct)
    {
        while (true)
        {
            var moved = marks.Moved.Next;
            if (marks.Mark > Position)
            {
                await Page(marks.Mark, ct);
                succeeded();
                continue;
            }

            succeeded();
            if (_stored < Position) await moved.WaitAsync(LazyProgress, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else await moved.WaitAsync(ct);
            ct.ThrowIfCancellationRequested();
            if (marks.Mark <= Position) await StoreProgress(ct);
        }
    }

    private async Task Page(long ceiling, CancellationToken ct)
    {
        var page = await Ahead.Take(Position, ceiling, ErrorOptions, ct);
        if (page.Events.Count == 0)
        {
            Position = page.SequenceCeiling;
            if (page.SequenceCeiling < ceiling || Environment.TickCount64 - _storedAt > LazyProgress.TotalMilliseconds) await StoreProgress(ct);
            return;
        }

        while (true)
        {
            try
            {
                await Commit(page, ct);
                return;
            }
            catch (ApplyEventException e) when (ErrorOptions.SkipApplyErrors)
            {
                await RecordDeadLetterEventAsync(e.Event, e);
                await page.SkipEventSequence(e.Event.Sequence);
            }
            catch (ApplyEventException e)
            {
                // What comes before it is right and is kept, so the shard stands exactly at the event it cannot apply.
                Ahead.Forget();
                if (page.Events[0].Sequence < e.Event.Sequence) await Commit(page.Before(e.Event.Sequence), ct);
                else if (_stored < e.Event.Sequence - 1) await Reach(e.Event.Sequence - 1, ct);
                throw;
            }
        }
    }

    private async Task Commit(EventRange page, CancellationToken ct)
    {
        using var activity = Telemetry.Source.StartActivity("marten.page");
        activity?.SetTag("shard", Name.Identity);
        await using var session = store.Session();
        var controller = new PageController(this, Mode, Position);
        IChangeListener listener;
        try
        {
            listener = await source.Process(page, session, controller, ct);
        }
        catch (Exception) when (controller.Reached > Position)
        {
            await Reach(controller.Reached, ct);
            throw;
        }

        var reached = controller.Failure is null ? page.SequenceCeiling : controller.Reached;
        if (reached <= Position) throw new ShardStoppedException(Name, controller.Failure!);
        if (reached > _stored) session.Queue(_pages.Progress(_stored, reached));
        var changes = new ChangeSet([], session.Events);
        await listener.BeforeCommitAsync(session, changes, ct);
        await session.SaveChangesAsync(ct);
        (Position, _stored, _storedAt) = (reached, Math.Max(_stored, reached), Environment.TickCount64);
        Telemetry.PageSize.Record(page.Size, new KeyValuePair<string, object?>("shard", Name.Identity));
        marks.Tracker.Publish(new ShardState(Name, Position) { Action = ShardAction.Updated });
        await listener.AfterCommitAsync(session, changes, ct);
        if (controller.Failure is { } failure) throw new ShardStoppedException(Name, failure);
    }

    private async Task Locate(CancellationToken ct)
    {
        Ahead.Forget();
        Position = _stored = await _pages.Locate(marks.Mark, ct);
    }

    private void Turn(AgentStatus status, ShardAction action, Exception? why = null)
    {
        Status = status;
        marks.Tracker.Publish(new ShardState(Name, Position) { Action = action, Exception = why });
    }

    private Task StoreProgress(CancellationToken ct) => _stored < Position ? Reach(Position, ct) : Task.CompletedTask;

    private async Task Reach(long position, CancellationToken ct)
    {
        await using var session = store.Session();
        session.Queue(_pages.Progress(_stored, position));
        await session.SaveChangesAsync(ct);
        (Position, _stored, _storedAt) = (Math.Max(Position, position), position, Environment.TickCount64);
    }

    private async Task Pause(int failures, CancellationToken ct)
    {
        var pause = store.StoreOptions.Projections.AgentPauseTime * Math.Pow(2, Math.Min(failures, 10));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Shard} stopped after event {Position} and will try again: {Failure}")]
    private static partial void LogPaused(ILogger logger, string shard, long position, string failure);
}
