using Expo.Forum.Proposals;
using Expo.Kernel.Vocabulary;
using static Expo.Forum.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Forum.Tests.Proposals;

public sealed class ReviewProposalSpecs
{
    private static readonly object[] InReview = [Drafted, Named, Submitted, Started];
    private static readonly Text Reason = new("请补充议程", "Add the agenda");

    [Fact]
    [Requirement("F-03")]
    public void The_group_that_it_was_sent_to_reviews_it_and_the_other_does_not_see_it()
    {
        Given<ForumProposal>(Drafted, Named, Submitted).When(new StartReview(ByShenzhen).Decide, at: Noon).Then(Started).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named, Submitted).When(new StartReview(ByBeijing).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named).When(new StartReview(ByShenzhen).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>([.. InReview, Cleared, Accepted]).When(new StartReview(ByShenzhen).Decide, at: Noon).ThenRefused("proposal.wrong_state");
    }

    [Fact]
    [Requirement("F-08")]
    public void The_content_is_cleared()
    {
        Given<ForumProposal>(InReview).When(new ClearContent(ByShenzhen).Decide, at: Noon).Then(Cleared).AndAgainNothing();
        Given<ForumProposal>(InReview).When(new ClearContent(ByBeijing).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted).When(new ClearContent(ByShenzhen).Decide, at: Noon).ThenRefused("proposal.wrong_state");
    }

    [Fact]
    [Requirement("F-08")]
    public void The_content_is_sent_back_with_a_reason_code()
    {
        var back = new ReturnContent(ByShenzhen, ContentReturnReason.SensitiveTopic, Reason);
        var returned = new ProposalContentReturned(ProposalA, ContentReturnReason.SensitiveTopic, Reason);
        Given<ForumProposal>(InReview).When(back.Decide, at: Noon).Then(returned).AndAgainNothing();
        Given<ForumProposal>(InReview).When((back with { Reason = null }).Decide, at: Noon).ThenRefused("content.reason_missing");
        Given<ForumProposal>(InReview).When((back with { By = ByBeijing }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted).When(back.Decide, at: Noon).ThenRefused("proposal.wrong_state");
    }

    [Fact]
    [Requirement("F-08")]
    public void What_comes_again_is_reviewed_again()
    {
        object[] again = [.. InReview, Cleared, new ProposalReturned(ProposalA, Reason), Submitted, Started];
        Given<ForumProposal>(again).When(new AcceptProposal(ByShenzhen, null).Decide, at: Noon).ThenRefused("content.not_cleared");
        Given<ForumProposal>(again).When(new ClearContent(ByShenzhen).Decide, at: Noon).Then(Cleared).AndAgainNothing();
    }

    [Fact]
    [Requirement("F-03", "F-08")]
    public void The_group_accepts_what_is_cleared()
    {
        var accept = new AcceptProposal(ByShenzhen, null);
        Given<ForumProposal>([.. InReview, Cleared]).When(accept.Decide, at: Noon).Then(Accepted).AndAgainNothing();
        Given<ForumProposal>(InReview).When(accept.Decide, at: Noon).ThenRefused("content.not_cleared");
        Given<ForumProposal>([.. InReview, Cleared]).When((accept with { By = ByBeijing }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>([.. InReview, Cleared]).When((accept with { By = ByOfficer }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted).When(accept.Decide, at: Noon).ThenRefused("proposal.wrong_state");
    }

    [Fact]
    [Requirement("F-03")]
    public void The_group_sends_back_or_declines_with_a_reason()
    {
        Given<ForumProposal>(InReview).When(new ReturnProposal(ByShenzhen, Reason).Decide, at: Noon).Then(new ProposalReturned(ProposalA, Reason)).AndAgainNothing();
        Given<ForumProposal>(InReview).When(new DeclineProposal(ByShenzhen, Reason).Decide, at: Noon)
            .Then(new ProposalDeclined(ProposalA, Edition, Acme, Reason)).AndAgainNothing();
        Given<ForumProposal>(InReview).When(new ReturnProposal(ByBeijing, Reason).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(InReview).When(new DeclineProposal(ByBeijing, Reason).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>([.. InReview, Cleared, Accepted]).When(new ReturnProposal(ByShenzhen, Reason).Decide, at: Noon).ThenRefused("proposal.wrong_state");
        Given<ForumProposal>([.. InReview, Cleared, Accepted]).When(new DeclineProposal(ByShenzhen, Reason).Decide, at: Noon).ThenRefused("proposal.wrong_state");
    }

    [Fact]
    [Requirement("F-04")]
    public void An_accepted_forum_learns_of_its_room_and_takes_one()
    {
        object[] accepted = [.. InReview, Cleared, Accepted];
        var given = new ProposalRoomGiven(ProposalA, MorningRoom);
        var other = new RecordRoomGiven(MorningRoom with { BookingId = Guid.CreateVersion7() });
        Given<ForumProposal>(accepted).When(new RecordRoomGiven(MorningRoom).Decide, at: Noon).Then(given).AndAgainNothing();
        Given<ForumProposal>([.. accepted, given]).When(other.Decide, at: Noon).ThenRefused("proposal.has_room");
        Given<ForumProposal>([.. accepted, new ProposalWithdrawn(ProposalA, Edition, Acme, null)])
            .When(new RecordRoomGiven(MorningRoom).Decide, at: Noon).ThenRefused("proposal.not_accepted");
    }

    [Fact]
    public void A_released_room_is_gone_in_whatever_order_the_news_comes()
    {
        object[] accepted = [.. InReview, Cleared, Accepted];
        var released = new ProposalRoomReleased(ProposalA, BookingA);
        Given<ForumProposal>([.. accepted, new ProposalRoomGiven(ProposalA, MorningRoom)]).When(new RecordRoomReleased(BookingA).Decide, at: Noon).Then(released).AndAgainNothing();
        Given<ForumProposal>([.. accepted, released]).When(new RecordRoomGiven(MorningRoom).Decide, at: Noon).Then();
        Given<ForumProposal>([.. accepted, new ProposalRoomGiven(ProposalA, MorningRoom), released])
            .When(new RecordRoomGiven(MorningRoom with { BookingId = Desk }).Decide, at: Noon)
            .Then(new ProposalRoomGiven(ProposalA, MorningRoom with { BookingId = Desk }));
    }
}
