using Expo.Kernel;

namespace Expo.Exhibition.FloorPlans;

/// <summary>The floor plan of an edition.</summary>
public static class FloorPlansModule
{
    /// <summary>Keeps floor plans.</summary>
    public static EventStoreBuilder AddFloorPlans(this EventStoreBuilder store) => store
        .Stream<FloorPlan>()
        .Event<FloorPlanImported>("floor_plan_imported");

    /// <summary>Serves the floor plan of an edition.</summary>
    public static void MapFloorPlans(this RouteGroupBuilder edition)
    {
        var plan = edition.MapGroup("/floor-plan").WithTags("Floor plan");
        ImportFloorPlanEndpoint.Map(plan);
        PublishedPlanEndpoints.Map(plan);
    }
}
