using Expo.Exhibition.Booths;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Booths;

public sealed class ReserveBoothSpecs
{
    private static readonly ReserveBooth ByAcme = new(Edition, Acme, HoldA, 1, TimeSpan.FromMinutes(10));

    [Fact]
    [Requirement("X-11")]
    public void A_free_booth_is_held_for_ten_minutes() =>
        Given<Booth>(Planned).When(ByAcme.Decide, at: Noon).Then(Reserved).AndAgainNothing();

    [Fact]
    public void Asking_again_with_another_hold_does_not_extend_the_first() =>
        Given<Booth>(Planned, Reserved).When((ByAcme with { HoldId = Guid.CreateVersion7(), Slot = null }).Decide, at: Noon.AddMinutes(5)).Then();

    [Fact]
    [Requirement("X-11")]
    public void A_booth_held_by_another_is_taken() =>
        Given<Booth>(Planned, Reserved).When((ByAcme with { Exhibitor = Globex }).Decide, at: Noon).ThenRefused("booth.taken");

    [Fact]
    [Requirement("X-11")]
    public void An_allocated_booth_is_taken_even_for_its_owner() =>
        Given<Booth>(Planned, Held, Allocated).When(ByAcme.Decide, at: Noon).ThenRefused("booth.taken");

    [Fact]
    public void A_booth_that_is_not_on_the_plan_is_unknown() =>
        Given<Booth>().When(ByAcme.Decide, at: Noon).ThenRefused("booth.unknown");

    [Fact]
    public void A_booth_of_another_edition_is_unknown() =>
        Given<Booth>(Planned).When((ByAcme with { EditionCode = "ciep_2024" }).Decide, at: Noon).ThenRefused("booth.unknown");

    [Fact]
    [Requirement("X-11")]
    public void Only_a_verified_organisation_can_hold() =>
        Given<Booth>(Planned).When((ByAcme with { Exhibitor = null }).Decide, at: Noon).ThenRefused("organisation.not_verified");

    [Fact]
    [Requirement("X-11")]
    public void Without_a_free_place_there_is_no_further_hold() =>
        Given<Booth>(Planned).When((ByAcme with { Slot = null }).Decide, at: Noon).ThenRefused("booth.hold_limit");
}
