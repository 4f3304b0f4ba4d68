using Expo.Exhibition.FloorPlans;
using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Booths;

/// <summary>Put a booth on the plan, or change it as a newer plan says.</summary>
public sealed record PlanBooth(
    string EditionCode, int PlanVersion, string Hall, string Number, string Zone, string? Section, decimal AreaM2, BoothKind Kind, DeliveryMode DeliveryMode)
{
    /// <summary>What an older version of the plan says no longer counts.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) =>
        PlanVersion <= booth.PlanVersion
            ? Decision<BoothEvent>.Nothing
            : new BoothPlanned(
                BoothId.Of(EditionCode, Hall, Number), EditionCode, PlanVersion, Hall, Number, Zone, Section, AreaM2, Kind, DeliveryMode);
}

/// <summary>Take a booth off the plan.</summary>
public sealed record StrikeBooth(int PlanVersion)
{
    /// <summary>A booth in use stays until it is released; that it should go is on record.</summary>
    public Decision<BoothEvent> Decide(Booth booth, DateTimeOffset now) =>
        PlanVersion <= booth.PlanVersion
            ? Decision<BoothEvent>.Nothing
            : new BoothStruckOff(booth.Id, PlanVersion, InUse: booth.Status is BoothStatus.Held or BoothStatus.Allocated);
}
