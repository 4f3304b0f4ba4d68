using Expo.Exhibition.Booths;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Booths;

public sealed class ReleaseBoothSpecs
{
    private static BoothReleased Released(string reason) => new(A12, Edition, HoldA, Acme, null, 1, reason);

    [Fact]
    [Requirement("X-11")]
    public void The_holder_gives_a_reservation_back() =>
        Given<Booth>(Planned, Reserved).When(new ReleaseBooth(Own(Acme)).Decide, at: Noon).Then(Released("given_back")).AndAgainNothing();

    [Fact]
    [Requirement("X-11")]
    public void Nobody_gives_back_what_another_holds() =>
        Given<Booth>(Planned, Reserved).When(new ReleaseBooth(Own(Globex)).Decide, at: Noon).ThenRefused("reservation.unknown");

    [Fact]
    public void A_booth_of_an_application_is_given_back_by_withdrawing_that() =>
        Given<Booth>(Planned, Held).When(new ReleaseBooth(Own(Acme)).Decide, at: Noon).ThenRefused("booth.held_for_application");

    [Fact]
    public void A_booth_that_is_not_on_the_plan_cannot_be_given_back() =>
        Given<Booth>().When(new ReleaseBooth(Own(Acme)).Decide, at: Noon).ThenRefused("booth.unknown");

    [Fact]
    [Requirement("X-11")]
    public void A_hold_expires_when_its_time_is_over_and_not_before()
    {
        var held = Given<Booth>(Planned, Reserved);
        held.When(new ExpireHold(HoldA).Decide, at: Noon.AddMinutes(9)).Then();
        held.When(new ExpireHold(HoldA).Decide, at: Noon.AddMinutes(10)).Then(Released("expired")).AndAgainNothing();
    }

    [Fact]
    public void An_old_timer_leaves_a_newer_hold_alone() =>
        Given<Booth>(Planned, Reserved with { HoldId = Guid.CreateVersion7() }).When(new ExpireHold(HoldA).Decide, at: Noon.AddHours(1)).Then();

    [Fact]
    public void The_booth_of_an_ended_application_is_released_once() =>
        Given<Booth>(Planned, Held)
            .When(new ReleaseBoothOf(ApplicationA, "fee_not_paid").Decide, at: Noon)
            .Then(new BoothReleased(A12, Edition, HoldA, Acme, ApplicationA, null, "fee_not_paid"))
            .AndAgainNothing();

    [Fact]
    public void The_end_of_another_application_and_of_an_allocated_one_release_nothing()
    {
        Given<Booth>(Planned, Held).When(new ReleaseBoothOf(Guid.CreateVersion7(), "fee_not_paid").Decide, at: Noon).Then();
        Given<Booth>(Planned, Held, Allocated).When(new ReleaseBoothOf(ApplicationA, "fee_not_paid").Decide, at: Noon).Then();
    }
}
