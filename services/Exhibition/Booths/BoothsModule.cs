using Expo.Exhibition.Agreements;
using Expo.Exhibition.Applications;
using Expo.Exhibition.FloorPlans;
using Expo.Kernel;

namespace Expo.Exhibition.Booths;

/// <summary>The booths of an edition: who holds them, and who gets them.</summary>
public static class BoothsModule
{
    /// <summary>Keeps booths.</summary>
    public static EventStoreBuilder AddBooths(this EventStoreBuilder store)
    {
        store.Services.AddOptions<HoldSettings>().BindConfiguration("Exhibition");
        store.Services.AddScoped<HoldSlots>().AddScoped<BoothsInUse>();
        return store
            .Stream<Booth>()
            .Marten(options => options.Schema.For<Booth>().Duplicate(row => row.EditionCode))
            .Event<BoothPlanned>("booth_planned")
            .Event<BoothStruckOff>("booth_struck_off")
            .Event<BoothReserved>("booth_reserved")
            .Event<BoothHeldForApplication>("booth_held_for_application")
            .Event<BoothReleased>("booth_released")
            .Event<BoothAllocated>("booth_allocated")
            .Claims<BoothEvent>(HoldSlots.Claims)
            .Timers<FloorPlanImported>(PlanBoothsWhenPlanImported.Due)
            .Reaction<PlanBooth, PlanBoothsWhenPlanImported>("plan_booth")
            .Reaction<StrikeBooth, PlanBoothsWhenPlanImported>("strike_booth")
            .Timers<BoothReserved>(ReleaseBoothWhenHoldExpires.Due)
            .Reaction<ExpireHold, ReleaseBoothWhenHoldExpires>("expire_hold")
            .Timers<ApplicationConfirmed>(HoldBoothWhenApplicationConfirmed.Due)
            .Reaction<HoldBoothFor, HoldBoothWhenApplicationConfirmed>("hold_booth_for")
            .Timers<ApplicationWithdrawn>(ReleaseBoothWhenApplicationEnded.Due)
            .Timers<FeeLapsed>(ReleaseBoothWhenApplicationEnded.Due)
            .Reaction<ReleaseBoothOf, ReleaseBoothWhenApplicationEnded>("release_booth_of")
            .Timers<ApplicationSettled>(AllocateBoothWhenApplicationSettled.Due)
            .Reaction<AllocateBooth, AllocateBoothWhenApplicationSettled>("allocate_booth");
    }

    /// <summary>Tells of booths.</summary>
    public static MessagingBuilder AddBooths(this MessagingBuilder messaging) => messaging.Tell<BoothEvent>(BoothMessages.Translate);

    /// <summary>Serves the booths of an edition.</summary>
    public static void MapBooths(this RouteGroupBuilder edition)
    {
        var booths = edition.MapGroup("/booths").WithTags("Booths");
        BoothListEndpoints.Map(booths);
        ReserveBoothEndpoint.Map(booths);
        ReleaseBoothEndpoint.Map(booths);
    }
}
