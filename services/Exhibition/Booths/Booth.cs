using Expo.Exhibition.FloorPlans;
using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Booths;

/// <summary>One booth of an edition: where it stands and whose it is.</summary>
public sealed record Booth(
    Guid Id, string EditionCode, string Hall, string Number, string Zone, string? Section, decimal AreaM2, BoothKind Kind, DeliveryMode DeliveryMode,
    int PlanVersion, bool OnPlan, BoothStatus Status, BoothHold? Hold) : IState<Booth>
{
    /// <summary>A booth that nobody planned.</summary>
    public Booth()
        : this(Guid.Empty, "", "", "", "", null, 0, default, default, 0, false, BoothStatus.Unplanned, null)
    {
    }

    /// <inheritdoc />
    public Booth Evolve(object @event) => @event switch
    {
        BoothPlanned e => this with
        {
            Id = e.BoothId, EditionCode = e.EditionCode, Hall = e.Hall, Number = e.Number, Zone = e.Zone, Section = e.Section, AreaM2 = e.AreaM2, Kind = e.Kind,
            DeliveryMode = e.DeliveryMode, PlanVersion = e.PlanVersion, OnPlan = true, Status = Status == BoothStatus.Unplanned ? BoothStatus.Free : Status,
        },
        BoothStruckOff e => this with { PlanVersion = e.PlanVersion, OnPlan = false, Status = e.InUse ? Status : BoothStatus.Unplanned },
        BoothReserved e => this with { Status = BoothStatus.Held, Hold = new(e.HoldId, e.OrganisationId, null, e.Slot, e.HeldUntil) },
        BoothHeldForApplication e => this with { Status = BoothStatus.Held, Hold = new(e.HoldId, e.OrganisationId, e.ApplicationId, null, e.HeldUntil) },
        BoothReleased _ => this with { Status = OnPlan ? BoothStatus.Free : BoothStatus.Unplanned, Hold = null },
        BoothAllocated _ => this with { Status = BoothStatus.Allocated },
        _ => this,
    };

    /// <summary>Whether this application has the booth, held or allocated.</summary>
    public bool IsFor(Guid applicationId) => Hold?.ApplicationId == applicationId;
}

/// <summary>Who holds a booth, or has it.</summary>
/// <param name="HoldId">This hold and no other, so that an old timer never ends a newer one.</param>
/// <param name="OrganisationId">The holder.</param>
/// <param name="ApplicationId">The application it is held for; none for a reservation.</param>
/// <param name="Slot">Which of the holder's places a reservation takes.</param>
/// <param name="Until">When it ends, unless the booth is allocated before.</param>
public sealed record BoothHold(Guid HoldId, Guid OrganisationId, Guid? ApplicationId, int? Slot, DateTimeOffset Until);

/// <summary>Whether a booth can be had.</summary>
public enum BoothStatus
{
    /// <summary>Not on the plan.</summary>
    Unplanned,

    /// <summary>Nobody has it.</summary>
    Free,

    /// <summary>Held for somebody, for a time.</summary>
    Held,

    /// <summary>An exhibitor's.</summary>
    Allocated,
}

/// <summary>Ids of booths.</summary>
public static class BoothId
{
    /// <summary>One booth for each edition, hall and number, so planning it twice hits the same stream.</summary>
    public static Guid Of(string edition, string hall, string number) => NaturalId.For("booth", edition, hall, number);
}

/// <summary>Why a booth cannot be had.</summary>
public static class BoothRefusals
{
    /// <summary>Not on the plan of this edition.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("booth.unknown", "平面图上没有这个展位。", "This booth is not on the floor plan.");

    /// <summary>Somebody else has it.</summary>
    public static readonly Refusal Taken = Refusal.Conflict("booth.taken", "该展位已被他人占用。", "Somebody else has this booth.");
}
