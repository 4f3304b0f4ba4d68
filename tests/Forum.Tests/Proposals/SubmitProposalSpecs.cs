using Expo.Forum.Proposals;
using Expo.Kernel.Vocabulary;
using static Expo.Forum.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Forum.Tests.Proposals;

public sealed class SubmitProposalSpecs
{
    private static readonly SubmitProposal Submit = new(ByAcme, null, Calendar);
    private static readonly AdmitLateProposal Admit = new(ByOfficer, new Override(Desk, "机场关闭"), SoftCalendar);
    private static readonly ProposalAdmittedLate AdmittedLate = new(ProposalA, Admit.SetAside);

    [Fact]
    [Requirement("F-03")]
    public void A_proposal_is_sent_to_the_group_that_it_names()
    {
        Given<ForumProposal>(Drafted, Named).When(Submit.Decide, at: Noon).Then(Submitted).AndAgainNothing();
        Given<ForumProposal>(Drafted with { Form = Form(WorkingGroup.Beijing) }, Named)
            .When(Submit.Decide, at: Noon)
            .Then(Submitted with { WorkingGroup = WorkingGroup.Beijing });
    }

    [Fact]
    [Requirement("F-03")]
    public void The_last_day_counts_until_midnight_in_Shanghai()
    {
        Given<ForumProposal>(Drafted, Named).When(Submit.Decide, at: Late.AddTicks(-1)).Then(Submitted).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named).When(Submit.Decide, at: Late).ThenRefused("deadline.passed");
    }

    [Fact]
    [Requirement("F-04", "F-03")]
    public void The_room_is_asked_for_in_time_unless_none_is_needed()
    {
        var submit = Submit with { Calendar = Calendar with { Proposals = null } };
        Given<ForumProposal>(Drafted, Named).When(submit.Decide, at: Late.AddTicks(-1)).Then(Submitted).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named).When(submit.Decide, at: Late).ThenRefused("deadline.passed");
        var online = Drafted with { Form = Form() with { DeliveryMode = DeliveryMode.Online } };
        Given<ForumProposal>(online, Named).When(submit.Decide, at: Late).Then(Submitted).AndAgainNothing();
    }

    [Fact]
    [Requirement("F-03", "F-09")]
    public void A_later_forum_has_a_deadline_of_its_own()
    {
        var november = Drafted with { Form = Form(day: new(2023, 11, 30)) };
        var over = new DateTimeOffset(2023, 10, 31, 16, 0, 0, TimeSpan.Zero); // 30 days ahead, 24:00 in Shanghai
        Given<ForumProposal>(november, Named).When(Submit.Decide, at: Late).Then(Submitted).AndAgainNothing();
        Given<ForumProposal>(november, Named).When(Submit.Decide, at: over.AddTicks(-1)).Then(Submitted);
        Given<ForumProposal>(november, Named).When(Submit.Decide, at: over).ThenRefused("deadline.passed");
    }

    [Fact]
    [Requirement("E-14", "F-03")]
    public void A_soft_deadline_is_set_aside_with_a_reason_and_a_hard_one_never()
    {
        Given<ForumProposal>(Drafted, Named).When(Admit.Decide, at: Late).Then(AdmittedLate).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named, AdmittedLate).When((Submit with { Calendar = SoftCalendar }).Decide, at: Late).Then(Submitted).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named).When((Submit with { Calendar = SoftCalendar }).Decide, at: Late).ThenRefused("deadline.passed");
        Given<ForumProposal>(Drafted, Named).When((Admit with { Calendar = Calendar }).Decide, at: Late).ThenRefused("deadline.passed");
        Given<ForumProposal>(Drafted, Named, AdmittedLate).When(Submit.Decide, at: Late).ThenRefused("deadline.passed");
    }

    [Fact]
    public void Only_the_committee_admits_and_only_a_draft()
    {
        Given<ForumProposal>(Drafted, Named).When((Admit with { By = ByShenzhen }).Decide, at: Late).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted).When(Admit.Decide, at: Late).ThenRefused("proposal.wrong_state");
        Given<ForumProposal>(Drafted, Named).When((Admit with { Calendar = SoftCalendar with { OpenDays = [new(2024, 4, 15)] } }).Decide, at: Late).ThenRefused("forum.outside_window");
    }

    [Fact]
    [Requirement("F-03")]
    public void What_was_sent_back_comes_again_after_the_deadline()
    {
        var returned = new ProposalReturned(ProposalA, new Text("请补充议程", "Add the agenda"));
        Given<ForumProposal>(Drafted, Named, Submitted, Started, returned).When(Submit.Decide, at: Late).Then(Submitted).AndAgainNothing();
    }

    [Fact]
    public void A_proposal_that_cannot_be_sent_stays_where_it_is()
    {
        Given<ForumProposal>(Drafted).When(Submit.Decide, at: Noon).ThenRefused("proposal.speaker_missing");
        Given<ForumProposal>().When(Submit.Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named).When((Submit with { By = ByGlobex }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named).When((Submit with { By = ByAcme with { EditionCode = "ciep_2024" } }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted, Started).When(Submit.Decide, at: Noon).ThenRefused("proposal.wrong_state");
        Given<ForumProposal>(Drafted with { Form = Form() with { Series = "gone" } }, Named).When(Submit.Decide, at: Noon).ThenRefused("series.unknown");
    }

    [Fact]
    public void The_proposer_withdraws_unless_it_was_declined()
    {
        var withdraw = new WithdrawProposal(ByAcme);
        var withdrawn = new ProposalWithdrawn(ProposalA, Edition, Acme, null);
        Given<ForumProposal>(Drafted).When(withdraw.Decide, at: Noon).Then(withdrawn).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named, Submitted, Started, Cleared, Accepted, new ProposalRoomGiven(ProposalA, MorningRoom))
            .When(withdraw.Decide, at: Noon).Then(withdrawn with { Room = MorningRoom }).AndAgainNothing();
        Given<ForumProposal>(Drafted).When((withdraw with { By = ByGlobex }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted, Started, new ProposalDeclined(ProposalA, Edition, Acme, new Text("不符合主题")))
            .When(withdraw.Decide, at: Noon).ThenRefused("proposal.wrong_state");
    }
}
