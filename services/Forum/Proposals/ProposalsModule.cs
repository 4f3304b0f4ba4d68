using Expo.Forum.RoomDays;
using Expo.Kernel;

namespace Expo.Forum.Proposals;

/// <summary>Forum proposals of an edition, and the forums that come of them.</summary>
public static class ProposalsModule
{
    /// <summary>Keeps forum proposals.</summary>
    public static EventStoreBuilder AddProposals(this EventStoreBuilder store)
    {
        store.Services.AddScoped<NamedSeries>();
        return store
            .Stream<ForumProposal>()
            .Marten(options => options.Schema.For<ForumProposal>().Duplicate(row => row.EditionCode))
            .Event<ProposalDrafted>("proposal_drafted")
            .Event<ProposalChanged>("proposal_changed")
            .Event<SpeakerNamed>("speaker_named")
            .Event<SpeakerStruckOff>("speaker_struck_off")
            .Event<ProposalAdmittedLate>("proposal_admitted_late")
            .Event<ProposalSubmitted>("proposal_submitted")
            .Event<ProposalReviewStarted>("proposal_review_started")
            .Event<ProposalContentCleared>("proposal_content_cleared")
            .Event<ProposalContentReturned>("proposal_content_returned")
            .Event<ProposalAccepted>("proposal_accepted")
            .Event<ProposalReturned>("proposal_returned")
            .Event<ProposalDeclined>("proposal_declined")
            .Event<ProposalWithdrawn>("proposal_withdrawn")
            .Event<ProposalRoomGiven>("proposal_room_given")
            .Event<ProposalRoomReleased>("proposal_room_released")
            .Timers<RoomBooked>(RecordRoomWhenBooked.Due)
            .Reaction<RecordRoomGiven, RecordRoomWhenBooked>("record_room_given")
            .Timers<RoomReleased>(RecordRoomWhenBooked.Due)
            .Reaction<RecordRoomReleased, RecordRoomWhenBooked>("record_room_released");
    }

    /// <summary>Serves the proposals and forums of an edition.</summary>
    public static void MapProposals(this RouteGroupBuilder edition)
    {
        var proposals = edition.MapGroup("/proposals").WithTags("Forum proposals");
        ProposalListEndpoints.Map(proposals);
        DraftProposalEndpoint.Map(proposals);
        ChangeProposalEndpoint.Map(proposals);
        SpeakerEndpoints.Map(proposals);
        SubmitProposalEndpoint.Map(proposals);
        AdmitLateProposalEndpoint.Map(proposals);
        ReviewProposalEndpoints.Map(proposals);
        DecideProposalEndpoints.Map(proposals);
        WithdrawProposalEndpoint.Map(proposals);
        RoomRequestsEndpoint.Map(edition);
        PublicForumsEndpoints.Map(edition.MapGroup("/forums").WithTags("Forums"));
    }
}
