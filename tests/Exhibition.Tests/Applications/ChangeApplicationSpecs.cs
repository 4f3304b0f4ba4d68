using Expo.Exhibition.Applications;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Applications;

public sealed class ChangeApplicationSpecs
{
    private static readonly ApplicationChangesRequested AskedFor = new(ApplicationA, "Say how much power you need.");
    private static readonly ChangeApplication Change = new(Own(Acme), Form("west"), LastDay, Areas);

    [Fact]
    [Requirement("X-05")]
    public void What_the_committee_asked_for_is_submitted_again() =>
        Given<BoothApplication>(Submitted, AskedFor)
            .When(Change.Decide, at: Noon)
            .Then(new ApplicationChanged(ApplicationA, Change.Form))
            .AndAgainNothing();

    [Fact]
    public void It_can_be_submitted_again_unchanged() =>
        Given<BoothApplication>(Submitted, AskedFor)
            .When((Change with { Form = Submitted.Form }).Decide, at: Noon)
            .Then(new ApplicationChanged(ApplicationA, Submitted.Form))
            .AndAgainNothing();

    [Fact]
    [Requirement("X-10", "X-05")]
    public void After_the_last_day_only_what_was_asked_for_can_be_changed()
    {
        Given<BoothApplication>(Submitted).When(Change.Decide, at: LastDay.End).ThenRefused("deadline.passed");
        Given<BoothApplication>(Submitted, AskedFor).When(Change.Decide, at: LastDay.End).Then(new ApplicationChanged(ApplicationA, Change.Form));
    }

    [Fact]
    [Requirement("X-05")]
    public void The_rules_of_the_form_hold_for_changes_too() =>
        Given<BoothApplication>(Submitted).When((Change with { Form = Form("nowhere") }).Decide, at: Noon).ThenRefused("section.unknown");

    [Fact]
    [Requirement("X-05")]
    public void Nobody_changes_the_application_of_another() =>
        Given<BoothApplication>(Submitted).When((Change with { Scope = Own(Globex) }).Decide, at: Noon).ThenRefused("application.unknown");

    [Fact]
    public void A_confirmed_application_cannot_be_changed() =>
        Given<BoothApplication>(Submitted, Confirmed).When(Change.Decide, at: Noon).ThenRefused("application.wrong_state");

    [Fact]
    [Requirement("X-06")]
    public void Changes_are_requested_while_it_waits() =>
        Given<BoothApplication>(Submitted).When(new RequestChanges(All, AskedFor.Reason).Decide, at: Noon).Then(AskedFor).AndAgainNothing();

    [Fact]
    [Requirement("X-06")]
    public void Changes_are_not_requested_of_what_is_decided_or_unknown()
    {
        var request = new RequestChanges(All, AskedFor.Reason);
        Given<BoothApplication>(Submitted, Confirmed).When(request.Decide, at: Noon).ThenRefused("application.wrong_state");
        Given<BoothApplication>().When(request.Decide, at: Noon).ThenRefused("application.unknown");
    }
}
