using Expo.Messaging.Parking;
using MassTransit;

namespace Expo.Messaging.Listening;

/// <summary>
/// Stands before every consumer. One message of a stream at a time; what fails in passing is tried again for as long as it takes; what fails by itself is
/// parked, and so is what comes after it in its stream; and a message that has ended the process repeatedly is parked before it is handled again.
/// </summary>
internal sealed partial class Guard(
    string queue, ArrivalOrder order, ParkingLot parking, Suspects suspects, Hearing hearing, MessagingSettings settings, ILogger<Guard> logger)
    : IFilter<ConsumeContext>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // One in the whole process: when it ends, it is known which one ended it.
    private static readonly SemaphoreSlim OneSuspect = new(1, 1);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var message = Incoming.Of(context.ReceiveContext, queue);
        using var turn = await order.Enter(context.ReceiveContext, message.Stream, context.CancellationToken);
        if (await Persistently(() => parking.MustWait(message, context.CancellationToken), context.CancellationToken))
        {
            SetAside.Mark(context.ReceiveContext);
            hearing.Done(message);
            return;
        }

        if (context.ReceiveContext.Redelivered)
            await HandleSuspect(message, context, next);
        else
            await Handle(message, context, next);
        hearing.Done(message);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("guard");

    /// <summary>It came again, perhaps because it ended the process: alone, so that no neighbour is suspected with it, and remembered before it is handled.</summary>
    private async Task HandleSuspect(Incoming message, ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var ct = context.CancellationToken;
        Telemetry.Repeated.Add(1);
        await OneSuspect.WaitAsync(ct);
        try
        {
            if (await Persistently(() => suspects.Begin(message, ct), ct) is var attempts && attempts > Suspects.MostCrashes)
            {
                await Persistently(() => parking.Park(message, "the process ended while handling it", attempts, ct), ct);
                SetAside.Mark(context.ReceiveContext);
            }
            else
            {
                try
                {
                    await Handle(message, context, next);
                }
                catch (OperationCanceledException) when (ct.IsCancellationRequested)
                {
                    // An orderly stop proves nothing.
                    await suspects.Acquit(message, CancellationToken.None);
                    throw;
                }
            }

            await Persistently(() => suspects.Acquit(message, ct), ct);
        }
        finally
        {
            OneSuspect.Release();
        }
    }

    private async Task Handle(Incoming message, ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var ct = context.CancellationToken;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Persistently(() => next.Send(context), ct);
                await Persistently(() => parking.Handled(message, ct), ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && tries >= settings.Tries)
            {
                await Persistently(() => parking.Park(message, Reasons.Of(e), tries, ct), ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Failed(logger, queue, message.Id, message.Position, Reasons.Of(e), tries);
                await Task.Delay(TimeSpan.FromMilliseconds(50 * Math.Pow(4, tries) * (0.8 + (0.4 * Random.Shared.NextDouble()))), ct);
            }
        }
    }

    private Task<bool> Persistently(Func<Task> work, CancellationToken ct) => Persistently(async () =>
    {
        await work();
        return true;
    }, ct);

    /// <summary>A database that is away, or too busy, is not the message's fault.</summary>
    private async Task<T> Persistently<T>(Func<Task<T>> work, CancellationToken ct)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (!ct.IsCancellationRequested && Reasons.IsPassing(e))
            {
                Waits(logger, queue, Reasons.Of(e), failures);
                var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(failures, 10)) * (0.8 + (0.4 * Random.Shared.NextDouble())));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue} could not handle message {Id} (position {Position}): {Reason}, attempt {Attempt}")]
    private static partial void Failed(ILogger logger, string queue, Guid id, long position, string reason, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue} waits: {Reason}, for the {Failures}. time")]
    private static partial void Waits(ILogger logger, string queue, string reason, int failures);
}
