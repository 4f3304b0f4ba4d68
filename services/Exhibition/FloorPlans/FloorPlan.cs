using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.FloorPlans;

/// <summary>The plan of an edition's halls as it is now.</summary>
public sealed record FloorPlan(Guid Id, string EditionCode, int Version, Layout? Layout, string Fingerprint) : IState<FloorPlan>
{
    /// <summary>A plan that was never imported.</summary>
    public FloorPlan()
        : this(Guid.Empty, "", 0, null, "")
    {
    }

    /// <summary>One plan for each edition.</summary>
    public static Guid IdOf(string edition) => NaturalId.For("floor-plan", edition);

    /// <inheritdoc />
    public FloorPlan Evolve(object @event) => @event switch
    {
        FloorPlanImported e => new(e.FloorPlanId, e.EditionCode, e.Version, e.Layout, e.Fingerprint),
        _ => this,
    };
}
