using Expo.Exhibition.FloorPlans;
using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Booths;

/// <summary>A floor plan was imported; each booth that is new, other or gone follows on its own.</summary>
[Requirement("X-12")]
internal sealed class PlanBoothsWhenPlanImported(Streams streams) : IReact<PlanBooth>, IReact<StrikeBooth>
{
    public static IEnumerable<Due> Due(FloorPlanImported plan, DateTimeOffset now)
    {
        var planned = plan.Planned.ToHashSet();
        foreach (var booth in plan.Layout.Booths)
        {
            if (BoothId.Of(plan.EditionCode, booth.Hall, booth.Number) is var id && planned.Contains(id))
            {
                yield return new Due(now, id, new PlanBooth(
                    plan.EditionCode, plan.Version, booth.Hall, booth.Number, booth.Zone, booth.Section, booth.AreaM2!.Value, booth.Kind!.Value,
                    booth.DeliveryMode ?? DeliveryMode.Onsite));
            }
        }

        foreach (var id in plan.StruckOff)
            yield return new Due(now, id, new StrikeBooth(plan.Version));
    }

    public Task React(Guid stream, PlanBooth command, CancellationToken ct) => streams.Decide<Booth, BoothEvent>(stream, command.Decide, ct).MustAccept();

    public Task React(Guid stream, StrikeBooth command, CancellationToken ct) => streams.Decide<Booth, BoothEvent>(stream, command.Decide, ct).MustAccept();
}
