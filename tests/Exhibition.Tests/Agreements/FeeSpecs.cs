using Expo.Exhibition.Agreements;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Agreements;

public sealed class FeeSpecs
{
    private static readonly RecordFeePaid Record = new(All, null, Fee, Paid.PaidOn, Paid.Reference);
    private static readonly AgreementSettled Settled = new(AgreementA, ApplicationA);
    private static readonly FeeLapsed Lapsed = new(AgreementA, ApplicationA, A12);

    [Fact]
    [Requirement("X-09")]
    public void A_fee_is_paid_while_the_paper_is_under_way() =>
        Given<Agreement>(Generated, Invoiced).When(Record.Decide, at: Noon).Then(Paid).AndAgainNothing();

    [Fact]
    public void Accepted_then_paid_settles() =>
        Given<Agreement>(Generated, Invoiced, Signed, Posted, Received, Accepted).When(Record.Decide, at: Noon).Then(Paid, Settled).AndAgainNothing();

    [Fact]
    public void Paid_then_accepted_settles() =>
        Given<Agreement>(Generated, Invoiced, Paid, Signed, Posted, Received)
            .When(new AcceptAgreement(All).Decide, at: Noon)
            .Then(Accepted, Settled)
            .AndAgainNothing();

    [Fact]
    [Requirement("X-09")]
    public void The_amount_must_be_the_fee_however_it_is_written()
    {
        var written = Record with { Paid = new("8000", "CNY") };
        Given<Agreement>(Generated, Invoiced).When(written.Decide, at: Noon).Then(Paid with { Paid = written.Paid }).AndAgainNothing();
        Given<Agreement>(Generated, Invoiced).When((Record with { Paid = new("7999.99", "CNY") }).Decide, at: Noon).ThenRefused("fee.amount_differs");
        Given<Agreement>(Generated, Invoiced).When((Record with { Paid = new("8000.00", "USD") }).Decide, at: Noon).ThenRefused("fee.amount_differs");
    }

    [Fact]
    public void Nobody_pays_tomorrow() =>
        Given<Agreement>(Generated, Invoiced).When((Record with { PaidOn = new(2023, 3, 2) }).Decide, at: Noon).ThenRefused("date.in_future");

    [Fact]
    [Requirement("X-09")]
    public void The_exhibitor_never_records_its_own_payment() =>
        Given<Agreement>(Generated, Invoiced).When((Record with { Recorder = Acme }).Decide, at: Noon).ThenRefused("fee.own");

    [Fact]
    [Requirement("X-09")]
    public void A_fee_is_paid_once() =>
        Given<Agreement>(Generated, Invoiced, Paid).When((Record with { Reference = "B-2" }).Decide, at: Noon).ThenRefused("fee.already_paid");

    [Fact]
    public void The_due_day_counts_until_midnight_in_Shanghai()
    {
        Given<Agreement>(Generated, Invoiced).When(Record.Decide, at: DueOver.AddTicks(-1)).Then(Paid);
        Given<Agreement>(Generated, Invoiced).When(Record.Decide, at: DueOver).ThenRefused("fee.hold_expired");
        Given<Agreement>(Generated, Invoiced, Lapsed).When(Record.Decide, at: DueOver).ThenRefused("fee.hold_expired");
    }

    [Fact]
    [Requirement("X-09")]
    public void An_unpaid_fee_lapses_when_its_day_is_over()
    {
        Given<Agreement>(Generated, Invoiced).When(new LapseFee().Decide, at: DueOver).Then(Lapsed).AndAgainNothing();
        Given<Agreement>(Generated, Invoiced).When(new LapseFee().Decide, at: DueOver.AddTicks(-1)).Then();
        Given<Agreement>(Generated, Invoiced, Paid).When(new LapseFee().Decide, at: DueOver).Then();
    }

    [Fact]
    public void What_is_unknown_or_void_cannot_be_paid()
    {
        Given<Agreement>().When(Record.Decide, at: Noon).ThenRefused("agreement.unknown");
        Given<Agreement>(Generated, Invoiced, new AgreementCancelled(AgreementA, "application_withdrawn"))
            .When(Record.Decide, at: Noon)
            .ThenRefused("agreement.wrong_state");
    }
}
