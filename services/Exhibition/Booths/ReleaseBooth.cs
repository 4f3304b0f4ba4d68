using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Booths;

/// <summary>Give back one's own reservation.</summary>
public sealed record ReleaseBooth(Scope Scope)
{
    private static readonly Refusal NotYours = Refusal.Unknown("reservation.unknown", "没有您的展位预定。", "You have no reservation of this booth.");

    /// <summary>Only the holder can; a booth that an application has is given back by withdrawing that.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) => booth switch
    {
        { Status: BoothStatus.Unplanned } => BoothRefusals.Unknown,
        _ when booth.EditionCode != Scope.EditionCode => BoothRefusals.Unknown,
        { Hold: null } => Decision<BoothEvent>.Nothing,
        { Hold: var hold } when !Scope.Covers(booth.EditionCode, hold.OrganisationId) => NotYours,
        { Hold.ApplicationId: not null } => Refusal.Conflict(
            "booth.held_for_application", "该展位由参展申请占用，请撤回申请。", "An application has this booth; withdraw that instead."),
        _ => booth.Release("given_back"),
    };
}

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

internal static class ReleaseBoothEndpoint
{
    public static void Map(RouteGroupBuilder booths) => booths
        .MapDelete("/{boothId:guid}/reservation", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(ReleaseBooth))
        .WithSummary("Give back your reservation");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(string edition, Guid boothId, Caller caller, Streams streams, CancellationToken ct) =>
        streams.Decide<Booth, BoothEvent>(boothId, new ReleaseBooth(Scope.Own(edition, caller)).Decide, ct).NoContentOrProblem();
}
