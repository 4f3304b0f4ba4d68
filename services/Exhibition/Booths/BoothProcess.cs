using Expo.Kernel;

namespace Expo.Exhibition.Booths;

// What time, and other streams, make of a hold. A report that comes twice, or after another hold began, changes nothing.

/// <summary>End one hold whose time is over.</summary>
public sealed record ExpireHold(Guid HoldId)
{
    /// <summary>A newer hold, or a booth that is free, is left alone.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) =>
        booth is { Status: BoothStatus.Held, Hold: var hold } && hold!.HoldId == HoldId && now >= hold.Until
            ? booth.Release("expired")
            : Decision<BoothEvent>.Nothing;
}

/// <summary>Let go of the booth that an application holds, since the application has ended.</summary>
public sealed record ReleaseBoothOf(Guid ApplicationId, string Reason)
{
    /// <summary>What others hold, and what is allocated, stays.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) =>
        booth.Status == BoothStatus.Held && booth.IsFor(ApplicationId) ? booth.Release(Reason) : Decision<BoothEvent>.Nothing;
}

internal static class BoothRelease
{
    public static BoothReleased Release(this Booth booth, string reason) =>
        new(booth.Id, booth.EditionCode, booth.Hold!.HoldId, booth.Hold.OrganisationId, booth.Hold.ApplicationId, booth.Hold.Slot, reason);
}
