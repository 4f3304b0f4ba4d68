using Expo.Exhibition.Agreements;
using Expo.Kernel;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.Agreements;

public sealed class AgreementSpecs
{
    private static readonly SignAgreement Sign = new(Own(Acme), "general_manager");
    private static readonly PostAgreement Post = new(Own(Acme), "post", "P-1");
    private static readonly ReceiveAgreement Receive = new(All, new DateOnly(2023, 3, 1));

    [Fact]
    [Requirement("X-07", "X-09")]
    public void A_held_booth_gets_an_agreement_and_an_invoice() =>
        Given<Agreement>()
            .When(new GenerateAgreement(ApplicationA, Edition, Acme, A12, "1", "A12", 18, Fee, DueOn).Decide, at: Noon)
            .Then(Generated, Invoiced)
            .AndAgainNothing();

    [Fact]
    [Requirement("X-07")]
    public void The_exhibitor_signs() =>
        Given<Agreement>(Generated, Invoiced).When(Sign.Decide, at: Noon).Then(Signed).AndAgainNothing();

    [Fact]
    [Requirement("X-08")]
    public void What_is_signed_is_posted() =>
        Given<Agreement>(Generated, Invoiced, Signed).When(Post.Decide, at: Noon).Then(Posted).AndAgainNothing();

    [Fact]
    [Requirement("X-08")]
    public void What_is_posted_arrives() =>
        Given<Agreement>(Generated, Invoiced, Signed, Posted).When(Receive.Decide, at: Noon).Then(Received).AndAgainNothing();

    [Fact]
    [Requirement("X-07")]
    public void What_arrived_is_accepted() =>
        Given<Agreement>(Generated, Invoiced, Signed, Posted, Received).When(new AcceptAgreement(All).Decide, at: Noon).Then(Accepted).AndAgainNothing();

    [Fact]
    [Requirement("X-08")]
    public void Nothing_arrives_tomorrow() =>
        Given<Agreement>(Generated, Invoiced, Signed, Posted)
            .When((Receive with { ReceivedOn = new(2023, 3, 2) }).Decide, at: Noon)
            .ThenRefused("date.in_future");

    [Fact]
    [Requirement("X-07", "X-08")]
    public void No_step_comes_before_the_one_it_needs()
    {
        Given<Agreement>(Generated, Invoiced).When(Post.Decide, at: Noon).ThenRefused("agreement.wrong_state");
        Given<Agreement>(Generated, Invoiced, Signed).When(Receive.Decide, at: Noon).ThenRefused("agreement.wrong_state");
        Given<Agreement>(Generated, Invoiced, Signed, Posted).When(new AcceptAgreement(All).Decide, at: Noon).ThenRefused("agreement.wrong_state");
        Given<Agreement>(Generated, Invoiced, Signed).When((Sign with { SignerTitle = "clerk" }).Decide, at: Noon).ThenRefused("agreement.wrong_state");
    }

    [Fact]
    public void What_does_not_exist_or_belongs_to_another_is_unknown()
    {
        Given<Agreement>().When(Sign.Decide, at: Noon).ThenRefused("agreement.unknown");
        Given<Agreement>().When(new AcceptAgreement(All).Decide, at: Noon).ThenRefused("agreement.unknown");
        Given<Agreement>(Generated, Invoiced).When((Sign with { Scope = Own(Globex) }).Decide, at: Noon).ThenRefused("agreement.unknown");
        Given<Agreement>(Generated, Invoiced, Signed).When((Post with { Scope = Own(Globex) }).Decide, at: Noon).ThenRefused("agreement.unknown");
        Given<Agreement>(Generated, Invoiced, Signed, Posted)
            .When((Receive with { Scope = Scope.All("ciep_2024") }).Decide, at: Noon)
            .ThenRefused("agreement.unknown");
    }

    [Fact]
    public void A_withdrawn_application_voids_the_agreement_in_any_state()
    {
        var cancelled = new AgreementCancelled(AgreementA, "application_withdrawn");
        Given<Agreement>(Generated, Invoiced, Signed).When(new CancelAgreement("application_withdrawn").Decide, at: Noon).Then(cancelled).AndAgainNothing();
        Given<Agreement>().When(new CancelAgreement("application_withdrawn").Decide, at: Noon).Then();
        Given<Agreement>(Generated, Invoiced, cancelled).When(Sign.Decide, at: Noon).ThenRefused("agreement.wrong_state");
    }
}
