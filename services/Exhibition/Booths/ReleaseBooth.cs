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

internal static class ReleaseBoothEndpoint
{
    public static void Map(RouteGroupBuilder booths) => booths
        .MapDelete("/{boothId:guid}/reservation", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("X-11")
        .WithName(nameof(ReleaseBooth))
        .WithSummary("Give back your reservation");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(string edition, Guid boothId, Caller caller, Streams streams, CancellationToken ct) =>
        streams.Decide<Booth, BoothEvent>(boothId, new ReleaseBooth(Scope.Own(edition, caller)).Decide, ct).NoContentOrProblem();
}
