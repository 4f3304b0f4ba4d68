using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Booths;

/// <summary>The time of a reservation is over; the booth is free again.</summary>
[Requirement("X-11")]
internal sealed class ReleaseBoothWhenHoldExpires(Streams streams) : IReact<ExpireHold>
{
    public static IEnumerable<Due> Due(BoothReserved hold, DateTimeOffset now) => [new Due(hold.HeldUntil, hold.BoothId, new ExpireHold(hold.HoldId))];

    public Task React(Guid stream, ExpireHold command, CancellationToken ct) => streams.Decide<Booth, BoothEvent>(stream, command.Decide, ct).MustAccept();
}
