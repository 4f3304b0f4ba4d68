using Expo.Kernel;

namespace Expo.Exhibition.Booths;

/// <summary>Hold a booth for a confirmed application until its fee is due.</summary>
public sealed record HoldBoothFor(Guid ApplicationId, string EditionCode, Guid HoldId, Guid OrganisationId, DateTimeOffset Until)
{
    /// <summary>A free booth, or one that the applicant itself reserves.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) => booth switch
    {
        { Status: BoothStatus.Unplanned } => BoothRefusals.Unknown,
        _ when booth.EditionCode != EditionCode => BoothRefusals.Unknown,
        { Hold: { } hold } when hold.HoldId == HoldId => Decision<BoothEvent>.Nothing,
        { Hold: { ApplicationId: null } hold } when hold.OrganisationId == OrganisationId => Held(booth, hold.Slot),
        { Hold: null } => Held(booth, null),
        _ => BoothRefusals.Taken,
    };

    private BoothHeldForApplication Held(Booth booth, int? slotGivenUp) =>
        new(booth.Id, EditionCode, HoldId, OrganisationId, ApplicationId, slotGivenUp, Until);
}

/// <summary>Give the booth to the application that holds it.</summary>
public sealed record AllocateBooth(Guid ApplicationId)
{
    /// <summary>Nobody else can get it.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) => booth switch
    {
        { Status: BoothStatus.Allocated } when booth.IsFor(ApplicationId) => Decision<BoothEvent>.Nothing,
        { Status: BoothStatus.Held } when booth.IsFor(ApplicationId) => new BoothAllocated(
            booth.Id, booth.EditionCode, ApplicationId, booth.Hold!.OrganisationId, booth.Hall, booth.Number, booth.Zone),
        _ => Refusal.Conflict("booth.not_held", "该展位并未为此申请保留。", "The booth is not held for this application."),
    };
}
