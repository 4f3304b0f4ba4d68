using Expo.Forum.Proposals;
using Expo.Kernel.Vocabulary;
using Expo.TestKit;
using static Expo.Forum.Tests.Congress;
using static System.Net.HttpStatusCode;

namespace Expo.Forum.Tests.Proposals;

[Trait("needs", "postgres")]
public sealed class ProposalApiTests(SharedCongress shared)
{
    private readonly Congress congress = shared.Congress;

    [Fact]
    [Requirement("F-03")]
    public async Task A_proposal_is_in_the_queue_of_the_group_that_it_names_and_in_no_other()
    {
        var edition = await congress.Edition();
        var north = await Dossier.Submitted(congress, edition, Samples.Form(WorkingGroup.Beijing));
        var south = await Dossier.Submitted(congress, edition);
        var draft = await Dossier.Drafted(congress, edition);

        await Lists(congress.Beijing, "", north);
        await Lists(congress.Shenzhen, "", south);
        await Lists(congress.Shenzhen, "?queue=beijing");
        await Lists(draft.Proposer, "", draft);
        await Lists(congress.Officer, "", north, south, draft);
        await Lists(congress.Officer, "?queue=beijing", north);
        await Lists(congress.Officer, "?state=draft", draft);

        (await congress.Beijing.Get(south.Proposal)).IsRefused(NotFound, "proposal.unknown");
        (await congress.Beijing.Get($"{south.Proposal}/history")).IsRefused(NotFound, "proposal.unknown");
        (await congress.Beijing.Post($"{south.Proposal}/review")).IsRefused(NotFound, "proposal.unknown");
        (await congress.Shenzhen.Get(draft.Proposal)).IsRefused(NotFound, "proposal.unknown");
        (await north.Proposer.Get(south.Proposal)).IsRefused(NotFound, "proposal.unknown");
        (await north.Proposer.Post($"{south.Proposal}/withdrawal")).IsRefused(NotFound, "proposal.unknown");
        (await congress.Officer.Get($"{Root(await congress.Edition())}/proposals/{south.Id}")).IsRefused(NotFound, "proposal.unknown");
        (await congress.Officer.Get(draft.Proposal)).Is(OK);

        async Task Lists(HttpClient reader, string query, params Dossier[] expected) => Assert.Equal(
            expected.Select(dossier => dossier.Id),
            (await reader.Get($"{Root(edition)}/proposals{query}")).Is(OK).Read<Page<ListedProposal>>().Items.Select(proposal => proposal.Id));
    }

    [Fact]
    [Requirement("F-03")]
    public async Task After_the_last_day_a_proposal_is_refused_and_a_hard_deadline_stays()
    {
        await using var later = new Congress();
        await later.InitializeAsync();
        var edition = await later.Edition();
        var late = await Dossier.Drafted(later, edition);
        var returned = await Dossier.Submitted(later, edition);
        later.Clock.MoveTo(Samples.Late);

        (await late.Proposer.Post($"{late.Proposal}/submission")).IsRefused(UnprocessableEntity, "deadline.passed");
        (await later.Officer.Post($"{late.Proposal}/late-admission", new AdmitLateProposalRequest("机场关闭"))).IsRefused(UnprocessableEntity, "deadline.passed");
        (await later.Shenzhen.Post($"{returned.Proposal}/review")).Is(NoContent);
        (await later.Shenzhen.Post($"{returned.Proposal}/return", new ProposalReasonRequest(new Text("请补充议程", "Add the agenda")))).Is(NoContent);
        (await returned.Proposer.Put(returned.Proposal, Samples.Form() with { Audience = 120 })).Is(NoContent);
        (await returned.Proposer.Post($"{returned.Proposal}/submission")).Is(NoContent);

        var soft = await Dossier.Drafted(later, await later.Edition("soft"));
        (await soft.Proposer.Post($"{soft.Proposal}/submission")).IsRefused(UnprocessableEntity, "deadline.passed");
        (await later.Shenzhen.Post($"{soft.Proposal}/late-admission", new AdmitLateProposalRequest("机场关闭"))).Is(Forbidden);
        (await later.Officer.Post($"{soft.Proposal}/late-admission", new AdmitLateProposalRequest("机场关闭"))).Is(NoContent);
        (await soft.Proposer.Post($"{soft.Proposal}/submission")).Is(NoContent);
        Assert.Equal("机场关闭", (await soft.Read()).AdmittedLate!.Reason);
    }

    [Fact]
    public async Task Speakers_are_personal_data_that_only_those_read_who_read_the_proposal()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Submitted(congress, edition);

        foreach (var reader in new[] { dossier.Proposer, congress.Shenzhen, congress.Officer })
        {
            var answer = (await reader.Get(dossier.Proposal)).Is(OK);
            var speaker = Assert.Single(answer.Read<ShownProposal>().Speakers);
            Assert.Equal(("示例嘉宾", "Example Speaker", "CN", SpeechKind.Keynote), (speaker.NameZh, speaker.NameEn, speaker.Country, speaker.Kind));
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }

        var stored = await congress.App.Database.Ask<string>("select string_agg(data::text, ' ') from mt_events where stream_id = $1", dossier.Id);
        Assert.Contains("示例论坛", stored!, StringComparison.Ordinal);
        Assert.DoesNotContain("示例嘉宾", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("Example Speaker", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("示例研究所", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_changed_its_speakers_too_and_every_step_is_on_record()
    {
        var dossier = await Dossier.Drafted(congress, await congress.Edition());
        var second = (await dossier.Proposer.Post($"{dossier.Proposal}/speakers", Samples.Speaker with { Kind = SpeechKind.Panel })).Is(Created).Read<NamedSpeaker>();
        (await dossier.Proposer.Delete($"{dossier.Proposal}/speakers/{second.SpeakerId}")).Is(NoContent);
        (await dossier.Proposer.Put(dossier.Proposal, Samples.Form() with { Audience = 90 }, ifMatch: 1)).IsRefused(PreconditionFailed, "version.stale");
        (await dossier.Proposer.Put(dossier.Proposal, Samples.Form() with { Audience = 90 }, ifMatch: 4)).Is(NoContent);
        (await dossier.Proposer.Post($"{dossier.Proposal}/withdrawal")).Is(NoContent);

        var shown = await dossier.Read();
        Assert.Equal((ProposalStatus.Withdrawn, 90), (shown.State, shown.Form.Audience));
        Assert.Equal(
            ["proposal_drafted", "speaker_named", "speaker_named", "speaker_struck_off", "proposal_changed", "proposal_withdrawn"], await dossier.History());
    }

    [Fact]
    [Requirement("F-08", "F-03")]
    public async Task A_review_sends_back_clears_accepts_or_declines()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Submitted(congress, edition);
        var group = congress.Shenzhen;
        (await group.Post($"{dossier.Proposal}/content-review", new ReviewContentRequest("cleared", null, null))).IsRefused(Conflict, "proposal.wrong_state");
        (await group.Post($"{dossier.Proposal}/review")).Is(NoContent);
        (await group.Post($"{dossier.Proposal}/content-review", new ReviewContentRequest("returned", null, null))).IsRefused(UnprocessableEntity, "content.reason_missing");
        (await group.Post($"{dossier.Proposal}/content-review", new ReviewContentRequest("returned", ContentReturnReason.Unclear, new Text("议题不清", "The topic is unclear")))).Is(NoContent);
        var back = await dossier.Read();
        Assert.Equal((ProposalStatus.Returned, ContentReviewState.Returned, ContentReturnReason.Unclear), (back.State, back.Content, back.ContentReason));
        Assert.Equal("The topic is unclear", back.Reason!.En);

        (await dossier.Proposer.Post($"{dossier.Proposal}/submission")).Is(NoContent);
        (await group.Post($"{dossier.Proposal}/review")).Is(NoContent);
        (await group.Post($"{dossier.Proposal}/acceptance", new AcceptProposalRequest(null))).IsRefused(Conflict, "content.not_cleared");
        (await group.Post($"{dossier.Proposal}/content-review", new ReviewContentRequest("cleared", null, null))).Is(NoContent);
        (await congress.Officer.Post($"{dossier.Proposal}/acceptance", new AcceptProposalRequest(null))).Is(Forbidden);
        (await group.Post($"{dossier.Proposal}/acceptance", new AcceptProposalRequest(new Text("同意", "Agreed")))).Is(NoContent);
        (await group.Post($"{dossier.Proposal}/decline", new ProposalReasonRequest(new Text("不同意")))).IsRefused(Conflict, "proposal.wrong_state");

        var other = await Dossier.Submitted(congress, edition);
        (await group.Post($"{other.Proposal}/review")).Is(NoContent);
        (await group.Post($"{other.Proposal}/decline", new ProposalReasonRequest(new Text("与主题不符", "Off topic")))).Is(NoContent);
        Assert.Equal("Off topic", (await other.Read()).Reason!.En);
        (await other.Proposer.Post($"{other.Proposal}/withdrawal")).IsRefused(Conflict, "proposal.wrong_state");
    }

    [Fact]
    [Requirement("F-01", "F-02")]
    public async Task Accepted_forums_are_public_and_others_are_not()
    {
        var edition = await congress.Edition();
        (await congress.Officer.Put("/api/forum/v1/series/public_rural", Samples.RuralForum)).Is(NoContent);
        var accepted = await Dossier.Accepted(congress, edition, Samples.Form(WorkingGroup.Beijing) with { Series = "public_rural", SeriesEdition = 4 });
        var waiting = await Dossier.Submitted(congress, edition);

        var forum = Assert.Single((await congress.Stranger.Get($"{Root(edition)}/forums")).Is(OK).Read<Page<ListedForum>>().Items);
        Assert.Equal((accepted.Id, ForumTier.Parallel, "public_rural", 4), (forum.Id, forum.Tier, forum.Series, forum.SeriesEdition));
        Assert.Null(forum.Place);
        Assert.Empty((await congress.Stranger.Get($"{Root(edition)}/forums?tier=thematic")).Is(OK).Read<Page<ListedForum>>().Items);
        (await congress.Stranger.Get($"{Root(edition)}/forums/{accepted.Id}")).Is(OK);
        (await congress.Stranger.Get($"{Root(edition)}/forums/{waiting.Id}")).IsRefused(NotFound, "forum.unknown");
        (await congress.Stranger.Get($"{Root(edition)}/proposals")).Is(Unauthorized);
    }

    [Fact]
    public async Task An_organisation_that_is_not_verified_cannot_propose()
    {
        var edition = await congress.Edition();
        var nobody = congress.App.Client(TestCaller.Organisation(Guid.CreateVersion7()));
        (await nobody.Post($"{Root(edition)}/proposals", Samples.Form())).IsRefused(Conflict, "organisation.not_verified");
        (await congress.Officer.Post($"{Root(edition)}/proposals", Samples.Form())).Is(Forbidden);
    }
}
