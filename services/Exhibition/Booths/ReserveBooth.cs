using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Expo.Exhibition.Booths;

/// <summary>Hold a free booth for one exhibitor for a short while.</summary>
/// <param name="EditionCode">The edition.</param>
/// <param name="Exhibitor">The organisation, or nobody while it is not verified.</param>
/// <param name="HoldId">The new hold.</param>
/// <param name="Slot">The first of the exhibitor's free places, or none.</param>
/// <param name="HoldFor">How long.</param>
public sealed record ReserveBooth(string EditionCode, Guid? Exhibitor, Guid HoldId, int? Slot, TimeSpan HoldFor)
{
    /// <summary>One holder per booth; the holder asking again gets no more time.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) => booth switch
    {
        { Status: BoothStatus.Unplanned } => BoothRefusals.Unknown,
        _ when booth.EditionCode != EditionCode => BoothRefusals.Unknown,
        _ when Exhibitor is null => VerifiedOrganisations.NotVerified,
        { Status: BoothStatus.Held } when booth.Hold!.OrganisationId == Exhibitor => Decision<BoothEvent>.Nothing,
        { Status: BoothStatus.Held or BoothStatus.Allocated } => BoothRefusals.Taken,
        _ when Slot is null => Refusal.Conflict(
            "booth.hold_limit", "同时预定的展位数量已达上限，请先释放一个。", "You reserve as many booths as you may at once. Give one back first."),
        _ => new BoothReserved(booth.Id, EditionCode, HoldId, Exhibitor.Value, Slot.Value, now + HoldFor),
    };
}

internal static class ReserveBoothEndpoint
{
    public static void Map(RouteGroupBuilder booths) => booths
        .MapPost("/{boothId:guid}/reservation", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("X-11")
        .WithName(nameof(ReserveBooth))
        .WithSummary("Hold a free booth for your organisation for a short while");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid boothId, Caller caller, VerifiedOrganisations exhibitors, HoldSlots slots, IOptions<HoldSettings> settings, Streams streams,
        CancellationToken ct)
    {
        var exhibitor = (await exhibitors.Of(caller, ct))?.Id;
        var slot = exhibitor is { } organisation ? await slots.FirstFree(edition, organisation, ct) : null;
        var command = new ReserveBooth(edition, exhibitor, Guid.CreateVersion7(), slot, TimeSpan.FromMinutes(settings.Value.HoldMinutes));
        return await streams.Decide<Booth, BoothEvent>(boothId, command.Decide, ct).NoContentOrProblem();
    }
}
