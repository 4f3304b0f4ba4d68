using Expo.Exhibition.Applications;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Applications;

public sealed class DecideApplicationSpecs
{
    private static readonly ConfirmApplication Confirm = new(All, HoldA, A12, Fee, DueOn);
    private static readonly ApplicationSettled Settled = new(ApplicationA, A12);
    private static readonly ApplicationWithdrawn Withdrawn = new(ApplicationA, Acme, null);

    [Fact]
    [Requirement("X-06")]
    public void The_committee_confirms_with_a_booth_and_a_fee() =>
        Given<BoothApplication>(Submitted).When(Confirm.Decide, at: Noon).Then(Confirmed).AndAgainNothing();

    [Fact]
    [Requirement("X-06")]
    public void A_second_confirmation_with_another_booth_is_refused() =>
        Given<BoothApplication>(Submitted, Confirmed)
            .When((Confirm with { BoothId = Guid.CreateVersion7() }).Decide, at: Noon)
            .ThenRefused("application.wrong_state");

    [Fact]
    public void A_fee_is_due_today_at_the_earliest_and_within_a_year()
    {
        Given<BoothApplication>(Submitted).When((Confirm with { FeeDueOn = DateOnly.MaxValue }).Decide, at: Noon).ThenRefused("fee.due_too_late");
        Given<BoothApplication>(Submitted).When((Confirm with { FeeDueOn = new(2023, 2, 28) }).Decide, at: Noon).ThenRefused("fee.due_in_past");
        Given<BoothApplication>(Submitted)
            .When((Confirm with { FeeDueOn = new(2023, 3, 1) }).Decide, at: Noon)
            .Then(Confirmed with { FeeDueOn = new(2023, 3, 1) });
    }

    [Fact]
    public void An_unknown_application_and_one_of_another_edition_cannot_be_decided()
    {
        Given<BoothApplication>().When(Confirm.Decide, at: Noon).ThenRefused("application.unknown");
        Given<BoothApplication>(Submitted).When((Confirm with { Scope = Scope.All("ciep_2024") }).Decide, at: Noon).ThenRefused("application.unknown");
    }

    [Fact]
    [Requirement("X-06")]
    public void The_committee_declines_with_a_reason() =>
        Given<BoothApplication>(Submitted)
            .When(new DeclineApplication(All, "No space left.").Decide, at: Noon)
            .Then(new ApplicationDeclined(ApplicationA, "No space left."))
            .AndAgainNothing();

    [Fact]
    [Requirement("X-06")]
    public void A_confirmed_application_is_not_declined() =>
        Given<BoothApplication>(Submitted, Confirmed)
            .When(new DeclineApplication(All, "No space left.").Decide, at: Noon)
            .ThenRefused("application.wrong_state");

    [Fact]
    [Requirement("X-05")]
    public void The_exhibitor_withdraws_before_and_after_confirmation()
    {
        var withdraw = new WithdrawApplication(Own(Acme));
        Given<BoothApplication>(Submitted).When(withdraw.Decide, at: Noon).Then(Withdrawn).AndAgainNothing();
        Given<BoothApplication>(Submitted, Confirmed).When(withdraw.Decide, at: Noon).Then(Withdrawn with { BoothId = A12 }).AndAgainNothing();
    }

    [Fact]
    [Requirement("X-05")]
    public void A_settled_application_is_not_withdrawn() =>
        Given<BoothApplication>(Submitted, Confirmed, Settled).When(new WithdrawApplication(Own(Acme)).Decide, at: Noon).ThenRefused("application.wrong_state");

    [Fact]
    public void Nobody_withdraws_the_application_of_another() =>
        Given<BoothApplication>(Submitted).When(new WithdrawApplication(Own(Globex)).Decide, at: Noon).ThenRefused("application.unknown");

    [Fact]
    public void A_booth_that_cannot_be_had_sends_the_application_back_to_the_committee()
    {
        Given<BoothApplication>(Submitted, Confirmed)
            .When(new RecordBoothUnavailable(HoldA, "booth.taken").Decide, at: Noon)
            .Then(new ApplicationBoothUnavailable(ApplicationA, A12, "booth.taken"))
            .AndAgainNothing();
        Given<BoothApplication>(Submitted, Confirmed).When(new RecordBoothUnavailable(Guid.CreateVersion7(), "booth.taken").Decide, at: Noon).Then();
    }

    [Fact]
    public void A_confirmed_application_is_settled_and_ends_with_its_booth()
    {
        Given<BoothApplication>(Submitted, Confirmed).When(new SettleApplication(ApplicationA).Decide, at: Noon).Then(Settled).AndAgainNothing();
        Given<BoothApplication>(Submitted, Confirmed, Settled)
            .When(new CompleteApplication().Decide, at: Noon)
            .Then(new ApplicationBoothAllocated(ApplicationA, A12))
            .AndAgainNothing();
    }

    [Fact]
    public void A_withdrawn_application_is_not_settled() =>
        Given<BoothApplication>(Submitted, Confirmed, Withdrawn)
            .When(new SettleApplication(ApplicationA).Decide, at: Noon)
            .ThenRefused("application.wrong_state");

    [Fact]
    public void A_refused_allocation_is_an_ending_on_record() =>
        Given<BoothApplication>(Submitted, Confirmed, Settled)
            .When(new RecordAllocationRefused("booth.not_held").Decide, at: Noon)
            .Then(new ApplicationAllocationRefused(ApplicationA, A12, "booth.not_held"))
            .AndAgainNothing();

    [Fact]
    public void An_unpaid_fee_lets_the_application_lapse_unless_it_has_ended()
    {
        Given<BoothApplication>(Submitted, Confirmed)
            .When(new LapseApplication().Decide, at: Noon)
            .Then(new ApplicationLapsed(ApplicationA, A12))
            .AndAgainNothing();
        Given<BoothApplication>(Submitted, Confirmed, Withdrawn).When(new LapseApplication().Decide, at: Noon).Then();
    }
}
