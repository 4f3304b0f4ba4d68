using Expo.Forum.Proposals;
using Expo.Kernel.Vocabulary;
using static Expo.Forum.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Forum.Tests.Proposals;

public sealed class DraftProposalSpecs
{
    private static readonly DraftProposal Draft = new(ProposalA, Edition, Acme, Form(), null, Calendar);

    [Fact]
    [Requirement("F-03", "F-07", "F-21")]
    public void A_verified_organisation_begins_a_proposal() =>
        Given<ForumProposal>().When(Draft.Decide, at: Noon).Then(Drafted).AndAgainNothing();

    [Fact]
    public void An_organisation_that_is_not_verified_cannot_propose() =>
        Given<ForumProposal>().When((Draft with { Proposer = null }).Decide, at: Noon).ThenRefused("organisation.not_verified");

    [Theory]
    [Requirement("F-09")]
    [InlineData("2023-04-15")]
    [InlineData("2023-04-16")]
    [InlineData("2023-04-17")]
    [InlineData("2023-12-31")]
    public void A_forum_is_held_on_the_open_days_or_later_in_the_year(string day)
    {
        var form = Form(day: DateOnly.Parse(day, null));
        Given<ForumProposal>().When((Draft with { Form = form }).Decide, at: Noon).Then(Drafted with { Form = form }).AndAgainNothing();
    }

    [Theory]
    [Requirement("F-09")]
    [InlineData("2023-04-14")]
    [InlineData("2024-01-01")]
    public void A_forum_is_not_held_before_the_opening_or_in_another_year(string day) =>
        Given<ForumProposal>().When((Draft with { Form = Form(day: DateOnly.Parse(day, null)) }).Decide, at: Noon).ThenRefused("forum.outside_window");

    [Fact]
    [Requirement("F-09")]
    public void An_edition_without_open_days_has_no_forums() =>
        Given<ForumProposal>().When((Draft with { Calendar = Calendar with { OpenDays = [] } }).Decide, at: Noon).ThenRefused("forum.outside_window");

    [Fact]
    [Requirement("F-02", "F-01")]
    public void A_forum_of_a_series_has_its_tier_and_a_number_that_follows()
    {
        var form = Form() with { Series = "rural", SeriesEdition = 3 };
        var draft = Draft with { Form = form, Series = RuralForum };
        Given<ForumProposal>().When(draft.Decide, at: Noon).Then(Drafted with { Form = form }).AndAgainNothing();
        Given<ForumProposal>().When((draft with { Series = null }).Decide, at: Noon).ThenRefused("series.unknown");
        Given<ForumProposal>().When((draft with { Form = form with { Tier = ForumTier.Thematic } }).Decide, at: Noon).ThenRefused("series.tier_differs");
        Given<ForumProposal>().When((draft with { Form = form with { SeriesEdition = 7 } }).Decide, at: Noon).ThenRefused("series.edition_differs");
        Given<ForumProposal>().When((draft with { Form = form with { Series = null } }).Decide, at: Noon).ThenRefused("series.missing");
    }

    [Fact]
    [Requirement("F-21")]
    public void A_topic_is_chosen_or_written_out()
    {
        var form = Form() with { Topics = [] };
        Given<ForumProposal>().When((Draft with { Form = form }).Decide, at: Noon).ThenRefused("proposal.topic_missing");
        var other = form with { OtherTopics = new Text("其他议题") };
        Given<ForumProposal>().When((Draft with { Form = other }).Decide, at: Noon).Then(Drafted with { Form = other }).AndAgainNothing();
    }

    [Fact]
    [Requirement("E-10")]
    public void A_room_size_is_needed_unless_the_forum_is_online()
    {
        var form = Form() with { Seats = null };
        Given<ForumProposal>().When((Draft with { Form = form }).Decide, at: Noon).ThenRefused("proposal.seats_missing");
        var online = form with { DeliveryMode = DeliveryMode.Online };
        Given<ForumProposal>().When((Draft with { Form = online }).Decide, at: Noon).Then(Drafted with { Form = online }).AndAgainNothing();
    }

    [Fact]
    public void The_wished_time_ends_after_it_begins() =>
        Given<ForumProposal>()
            .When((Draft with { Form = Form() with { Preferred = new(OpenDay, new(12, 0), new(12, 0)) } }).Decide, at: Noon)
            .ThenRefused("slot.backwards");

    [Theory]
    [InlineData("x")]
    [InlineData("chinese")]
    [InlineData("zh_CN")]
    [InlineData("zh-")]
    public void A_language_is_a_code(string language) =>
        Given<ForumProposal>().When((Draft with { Form = Form() with { Languages = ["zh-Hans", language] } }).Decide, at: Noon).ThenRefused("proposal.language_invalid");

    [Fact]
    public void The_proposer_changes_its_draft()
    {
        var other = Form() with { Audience = 180 };
        var change = new ChangeProposal(ByAcme, other, null, Calendar);
        Given<ForumProposal>(Drafted).When(change.Decide, at: Noon).Then(new ProposalChanged(ProposalA, other)).AndAgainNothing();
        Given<ForumProposal>(Drafted).When((change with { By = ByGlobex }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted).When(change.Decide, at: Noon).ThenRefused("proposal.wrong_state");
        Given<ForumProposal>(Drafted).When((change with { Form = other with { Topics = [] } }).Decide, at: Noon).ThenRefused("proposal.topic_missing");
    }

    [Fact]
    [Requirement("F-03")]
    public void A_proposal_that_was_sent_stays_with_its_group()
    {
        var other = Form(WorkingGroup.Beijing);
        var change = new ChangeProposal(ByAcme, other, null, Calendar);
        Given<ForumProposal>(Drafted).When(change.Decide, at: Noon).Then(new ProposalChanged(ProposalA, other)).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named, Submitted, Started, new ProposalReturned(ProposalA, new Text("请补充"))).When(change.Decide, at: Noon).ThenRefused("proposal.group_fixed");
    }

    [Fact]
    [Requirement("F-05")]
    public void The_proposer_names_speakers_and_strikes_them()
    {
        var name = new NameSpeaker(ByAcme, SpeakerA, SpeechKind.Keynote, false);
        Given<ForumProposal>(Drafted).When(name.Decide, at: Noon).Then(Named).AndAgainNothing();
        Given<ForumProposal>(Drafted).When((name with { By = ByGlobex }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted).When((name with { SpeakerId = Guid.CreateVersion7() }).Decide, at: Noon).ThenRefused("proposal.wrong_state");
        var full = Enumerable.Range(0, 200).Select(_ => (object)(Named with { SpeakerId = Guid.CreateVersion7() }));
        Given<ForumProposal>([Drafted, .. full]).When(name.Decide, at: Noon).ThenRefused("speaker.too_many");

        var strike = new StrikeSpeaker(ByAcme, SpeakerA);
        Given<ForumProposal>(Drafted, Named).When(strike.Decide, at: Noon).Then(new SpeakerStruckOff(ProposalA, SpeakerA)).AndAgainNothing();
        Given<ForumProposal>(Drafted, Named).When((strike with { By = ByShenzhen }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<ForumProposal>(Drafted, Named, Submitted).When(strike.Decide, at: Noon).ThenRefused("proposal.wrong_state");
    }
}
