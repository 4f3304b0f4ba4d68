using Expo.Messaging.Listening;
using MassTransit;

namespace Expo.Messaging.Parking;

/// <summary>Says that a message which no consumer got was put aside on purpose.</summary>
internal sealed class SetAside
{
    public static void Mark(ReceiveContext context) => context.GetOrAddPayload(() => new SetAside());
}

/// <summary>Parks what never reached a consumer: a body that cannot be read, or a type that nobody here knows.</summary>
internal sealed class ParkUnread(string queue, ArrivalOrder order, ParkingLot parking, Hearing hearing) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) => Park(context, Reasons.Of(context.Exception));

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        context.HasPayloadType(typeof(SetAside)) ? Task.CompletedTask : Park(context, "no consumer here knows this type of message");

    public void Probe(ProbeContext context) => context.CreateFilterScope("park");

    private async Task Park(ReceiveContext context, string reason)
    {
        order.Pass(context);
        var message = Incoming.Of(context, queue);
        await parking.Park(message, reason, 1, context.CancellationToken);
        hearing.Done(message);
        SetAside.Mark(context);
    }
}
