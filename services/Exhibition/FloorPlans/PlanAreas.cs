using Expo.Kernel;

namespace Expo.Exhibition.FloorPlans;

/// <summary>The codes that an edition's floor plan knows.</summary>
internal sealed class PlanAreas(Streams streams)
{
    /// <summary>Every pavilion, zone and section; none while there is no plan.</summary>
    public async Task<IReadOnlySet<string>> Of(string edition, CancellationToken ct)
    {
        var (plan, _) = await streams.Read<FloorPlan>(FloorPlan.IdOf(edition), ct);
        return plan?.Layout is { } layout ? LayoutRules.Codes(layout).ToHashSet() : [];
    }
}
