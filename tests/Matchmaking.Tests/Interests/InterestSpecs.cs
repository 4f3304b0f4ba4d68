using Expo.Matchmaking.Interests;
using Expo.Matchmaking.Listings;
using static Expo.Matchmaking.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Matchmaking.Tests.Interests;

public sealed class InterestSpecs
{
    private static readonly Listing Published = Need(Drafted, Submitted, Samples.Published);
    private static readonly ExpressInterest Express = new(
        Published, Experts, [CooperationMode.ResearchCooperation], [ResourceKind.Technology], Message, 12);

    [Fact]
    [Requirement("M-03")]
    public void An_overseas_expert_organisation_answers_a_published_need() =>
        Given<ExpressionOfInterest>().When(Express.Decide, at: Noon).Then(Expressed).AndAgainNothing();

    [Fact]
    [Requirement("M-03")]
    public void A_need_for_overseas_partners_is_not_answered_from_the_mainland()
    {
        Refused(Express with { Answerer = Neighbour }, "interest.overseas_only");
        Given<ExpressionOfInterest>().When((Express with { Answerer = Neighbour with { Country = "HK" } }).Decide, at: Noon)
            .Then(Expressed with { InterestId = ExpressionOfInterest.IdOf(Neighbour.Id, NeedA), OrganisationId = Neighbour.Id });
        var forAll = Need(Drafted with { Form = Form() with { PartnerSought = null } }, Submitted, Samples.Published);
        Given<ExpressionOfInterest>().When((Express with { Answerer = Neighbour, Listing = forAll }).Decide, at: Noon)
            .Then(Expressed with { InterestId = ExpressionOfInterest.IdOf(Neighbour.Id, NeedA), OrganisationId = Neighbour.Id });
    }

    [Fact]
    [Requirement("M-03")]
    public void Only_what_others_have_published_is_answered()
    {
        Refused(Express with { Listing = null }, "listing.unknown");
        Refused(Express with { Listing = Need(Drafted) }, "listing.unknown");
        Refused(Express with { Listing = Need(Drafted, Closed) }, "listing.unknown");
        Refused(Express with { Listing = Need(Drafted, Submitted, Samples.Published, Closed) }, "listing.closed");
        Refused(Express with { Answerer = null }, "organisation.not_verified");
        Refused(Express with { Answerer = Experts with { Id = Acme } }, "interest.own_listing");
    }

    [Fact]
    public void A_matched_need_may_still_be_answered() =>
        Given<ExpressionOfInterest>().When((Express with { Listing = Published.Evolve(Matched) }).Decide, at: Noon).Then(Expressed);

    [Fact]
    public void An_organisation_answers_once_and_again_only_after_it_has_withdrawn()
    {
        var again = Express with { MessageId = Guid.CreateVersion7() };
        foreach (object[] history in (object[][])[[Expressed], [Expressed, Viewed], [Expressed, Accepted], [Expressed, Declined], [Expressed, Lapsed]])
            Given<ExpressionOfInterest>(history).When(again.Decide, at: Noon).ThenRefused("interest.exists");
        Given<ExpressionOfInterest>(Expressed, Withdrawn).When(again.Decide, at: Noon).Then(Expressed with { MessageId = again.MessageId }).AndAgainNothing();
    }

    [Fact]
    public void The_owner_sees_it_once()
    {
        Given<ExpressionOfInterest>(Expressed).When(new ViewInterest(Acme).Decide, at: Noon).Then(Viewed).AndAgainNothing();
        Given<ExpressionOfInterest>(Expressed, Accepted).When(new ViewInterest(Acme).Decide, at: Noon).Then();
    }

    [Fact]
    [Requirement("M-03")]
    public void The_owner_accepts_it()
    {
        Given<ExpressionOfInterest>(Expressed).When(new AcceptInterest(Acme).Decide, at: Noon).Then(Accepted).AndAgainNothing();
        Given<ExpressionOfInterest>(Expressed, Viewed).When(new AcceptInterest(Acme).Decide, at: Noon).Then(Accepted);
    }

    [Fact]
    public void The_owner_declines_it_and_the_first_reason_stands()
    {
        Given<ExpressionOfInterest>(Expressed, Viewed).When(new DeclineInterest(Acme, DeclineReason.NotSuitable).Decide, at: Noon).Then(Declined).AndAgainNothing();
        Given<ExpressionOfInterest>(Expressed, Declined).When(new DeclineInterest(Acme, DeclineReason.Other).Decide, at: Noon).Then();
    }

    [Fact]
    public void What_is_decided_or_taken_back_stays_so()
    {
        Given<ExpressionOfInterest>(Expressed, Declined).When(new AcceptInterest(Acme).Decide, at: Noon).ThenRefused("interest.wrong_state");
        Given<ExpressionOfInterest>(Expressed, Withdrawn).When(new AcceptInterest(Acme).Decide, at: Noon).ThenRefused("interest.wrong_state");
        Given<ExpressionOfInterest>(Expressed, Lapsed).When(new AcceptInterest(Acme).Decide, at: Noon).ThenRefused("interest.wrong_state");
        Given<ExpressionOfInterest>(Expressed, Accepted).When(new DeclineInterest(Acme, DeclineReason.Other).Decide, at: Noon).ThenRefused("interest.wrong_state");
        Given<ExpressionOfInterest>(Expressed, Accepted).When(new WithdrawInterest(Experts.Id).Decide, at: Noon).ThenRefused("interest.wrong_state");
    }

    [Fact]
    public void The_answerer_takes_it_back_before_the_owner_decides() =>
        Given<ExpressionOfInterest>(Expressed, Viewed).When(new WithdrawInterest(Experts.Id).Decide, at: Noon).Then(Withdrawn).AndAgainNothing();

    [Fact]
    public void Only_the_owner_decides_and_only_the_answerer_withdraws()
    {
        var given = Given<ExpressionOfInterest>(Expressed);
        foreach (var stranger in (Guid?[])[Experts.Id, Neighbour.Id, null])
        {
            given.When(new ViewInterest(stranger).Decide, at: Noon).ThenRefused("interest.unknown");
            given.When(new AcceptInterest(stranger).Decide, at: Noon).ThenRefused("interest.unknown");
            given.When(new DeclineInterest(stranger, DeclineReason.Other).Decide, at: Noon).ThenRefused("interest.unknown");
        }

        given.When(new WithdrawInterest(Acme).Decide, at: Noon).ThenRefused("interest.unknown");
        Given<ExpressionOfInterest>().When(new AcceptInterest(Guid.Empty).Decide, at: Noon).ThenRefused("interest.unknown");
    }

    [Fact]
    public void An_undecided_interest_lapses_when_its_need_is_closed_and_a_decided_one_does_not()
    {
        Given<ExpressionOfInterest>(Expressed).When(new LapseInterest().Decide, at: Noon).Then(Lapsed).AndAgainNothing();
        Given<ExpressionOfInterest>(Expressed, Accepted).When(new LapseInterest().Decide, at: Noon).Then();
        Given<ExpressionOfInterest>(Expressed, Withdrawn).When(new LapseInterest().Decide, at: Noon).Then();
    }

    private static void Refused(ExpressInterest command, string code) => Given<ExpressionOfInterest>().When(command.Decide, at: Noon).ThenRefused(code);
}
