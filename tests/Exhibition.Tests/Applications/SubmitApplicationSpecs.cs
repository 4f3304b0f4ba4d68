using Expo.Exhibition.Applications;
using Expo.Exhibition.FloorPlans;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Applications;

public sealed class SubmitApplicationSpecs
{
    private static readonly SubmitApplication ByAcme = new(ApplicationA, Edition, Acme, Form(), LastDay, Areas);

    [Fact]
    [Requirement("X-05", "X-10", "E-10")]
    public void A_verified_organisation_applies() =>
        Given<BoothApplication>()
            .When(ByAcme.Decide, at: Noon)
            .Then(new ApplicationSubmitted(ApplicationA, Edition, Acme, ByAcme.Form))
            .AndAgainNothing();

    [Fact]
    [Requirement("X-05")]
    public void An_organisation_that_is_not_verified_cannot_apply() =>
        Given<BoothApplication>().When((ByAcme with { Exhibitor = null }).Decide, at: Noon).ThenRefused("organisation.not_verified");

    [Fact]
    [Requirement("X-10")]
    public void The_last_day_counts_until_midnight_in_Shanghai()
    {
        var midnight = new DateTimeOffset(2023, 3, 24, 16, 0, 0, TimeSpan.Zero);
        Given<BoothApplication>().When(ByAcme.Decide, at: midnight.AddTicks(-1)).Then(new ApplicationSubmitted(ApplicationA, Edition, Acme, ByAcme.Form));
        Given<BoothApplication>().When(ByAcme.Decide, at: midnight).ThenRefused("deadline.passed");
    }

    [Fact]
    [Requirement("X-05")]
    public void Sections_must_be_on_the_plan_and_differ()
    {
        Given<BoothApplication>().When((ByAcme with { Form = Form("gba", "nowhere") }).Decide, at: Noon).ThenRefused("section.unknown");
        Given<BoothApplication>().When((ByAcme with { Form = Form("gba", "gba") }).Decide, at: Noon).ThenRefused("section.repeated");
    }

    [Theory]
    [InlineData(BoothKind.Raw, null, null)]
    [InlineData(BoothKind.Raw, 36, 2)]
    [InlineData(BoothKind.Standard, 36, null)]
    [Requirement("X-05")]
    public void Raw_floor_has_an_area_and_standard_booths_a_number(BoothKind kind, int? area, int? booths) =>
        Given<BoothApplication>()
            .When((ByAcme with { Form = Form() with { Kind = kind, AreaM2 = area, StandardBooths = booths } }).Decide, at: Noon)
            .ThenRefused("application.space_unclear");
}
