using Expo.Exhibition.Booths;
using Expo.Exhibition.FloorPlans;
using Expo.Kernel.Vocabulary;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Booths;

public sealed class PlanBoothSpecs
{
    private static PlanBooth Version(int version, decimal area = 18) =>
        new(Edition, version, "1", "A12", "regional", "gba", area, BoothKind.Raw, DeliveryMode.Onsite);

    [Fact]
    [Requirement("X-12")]
    public void A_planned_booth_is_free() =>
        Given<Booth>().When(Version(1).Decide, at: Noon).Then(Planned).AndAgainNothing();

    [Fact]
    public void A_newer_plan_changes_it_and_an_older_one_does_not()
    {
        var given = Given<Booth>(Planned with { PlanVersion = 2 });
        given.When(Version(3, area: 36).Decide, at: Noon).Then(Planned with { PlanVersion = 3, AreaM2 = 36 }).AndAgainNothing();
        given.When(Version(1, area: 36).Decide, at: Noon).Then();
    }

    [Fact]
    public void A_free_booth_that_is_struck_off_is_unknown_from_then_on()
    {
        var struck = new BoothStruckOff(A12, 2, InUse: false);
        Given<Booth>(Planned).When(new StrikeBooth(2).Decide, at: Noon).Then(struck).AndAgainNothing();
        Given<Booth>(Planned, struck).When(new ReserveBooth(Edition, Acme, HoldA, 1, TimeSpan.FromMinutes(10)).Decide, at: Noon).ThenRefused("booth.unknown");
    }

    [Fact]
    public void A_held_booth_that_is_struck_off_stays_until_it_is_released()
    {
        var struck = new BoothStruckOff(A12, 2, InUse: true);
        Given<Booth>(Planned, Reserved).When(new StrikeBooth(2).Decide, at: Noon).Then(struck).AndAgainNothing();

        var released = Given<Booth>(Planned, Reserved, struck, new BoothReleased(A12, Edition, HoldA, Acme, null, 1, "expired"));
        Assert.Equal(BoothStatus.Unplanned, released.State.Status);
    }
}
