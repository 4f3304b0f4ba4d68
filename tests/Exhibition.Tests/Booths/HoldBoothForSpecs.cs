using Expo.Exhibition.Booths;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Booths;

public sealed class HoldBoothForSpecs
{
    private static readonly HoldBoothFor Hold = new(ApplicationA, Edition, HoldA, Acme, DueOver);

    [Fact]
    [Requirement("X-06")]
    public void A_free_booth_is_held_until_the_fee_is_due() =>
        Given<Booth>(Planned).When(Hold.Decide, at: Noon).Then(Held).AndAgainNothing();

    [Fact]
    public void The_applicants_own_reservation_goes_over_and_its_place_is_given_up() =>
        Given<Booth>(Planned, Reserved with { HoldId = Guid.CreateVersion7(), Slot = 2 })
            .When(Hold.Decide, at: Noon)
            .Then(Held with { SlotGivenUp = 2 })
            .AndAgainNothing();

    [Fact]
    [Requirement("X-06")]
    public void A_booth_that_another_reserves_is_taken() =>
        Given<Booth>(Planned, Reserved with { HoldId = Guid.CreateVersion7(), OrganisationId = Globex }).When(Hold.Decide, at: Noon).ThenRefused("booth.taken");

    [Fact]
    public void A_booth_held_for_another_application_of_the_same_exhibitor_is_taken() =>
        Given<Booth>(Planned, Held)
            .When((Hold with { HoldId = Guid.CreateVersion7(), ApplicationId = Guid.CreateVersion7() }).Decide, at: Noon)
            .ThenRefused("booth.taken");

    [Fact]
    public void A_booth_that_is_not_on_the_plan_is_unknown() => Given<Booth>().When(Hold.Decide, at: Noon).ThenRefused("booth.unknown");

    [Fact]
    public void The_application_that_holds_it_gets_it() =>
        Given<Booth>(Planned, Held).When(new AllocateBooth(ApplicationA).Decide, at: Noon).Then(Allocated).AndAgainNothing();

    [Fact]
    public void Nobody_else_gets_it()
    {
        var other = new AllocateBooth(Guid.CreateVersion7());
        Given<Booth>(Planned, Held).When(other.Decide, at: Noon).ThenRefused("booth.not_held");
        Given<Booth>(Planned, Reserved).When(other.Decide, at: Noon).ThenRefused("booth.not_held");
        Given<Booth>(Planned).When(other.Decide, at: Noon).ThenRefused("booth.not_held");
    }

    [Fact]
    public void Only_the_allocation_is_told_to_the_platform()
    {
        Assert.Equal(
            new Contracts.Exhibition.BoothAllocated(Edition, ApplicationA, A12, Acme, "1", "A12", "regional"),
            BoothMessages.Translate(Allocated));
        Assert.All<BoothEvent>([Planned, Reserved, Held], e => Assert.Null(BoothMessages.Translate(e)));
    }
}
