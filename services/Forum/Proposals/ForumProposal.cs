using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Forum.Proposals;

/// <summary>A proposal for a forum, from draft to one of its endings (workflow W5).</summary>
public sealed record ForumProposal(Guid Id, string EditionCode, Guid OrganisationId, ProposalForm? Form, ProposalStatus Status) : IState<ForumProposal>
{
    /// <summary>A proposal that nobody made.</summary>
    public ForumProposal()
        : this(Guid.Empty, "", Guid.Empty, null, ProposalStatus.None)
    {
    }

    /// <summary>Whether it was ever sent to its working group: only then it exists for that.</summary>
    public bool Sent { get; init; }
    /// <summary>Where the content review stands.</summary>
    public ContentReviewState Content { get; init; }
    /// <summary>Why the content review sent it back.</summary>
    public ContentReturnReason? ContentReason { get; init; }
    /// <summary>Why it was accepted, sent back or declined.</summary>
    public Text? Reason { get; init; }
    /// <summary>Who speaks, by id.</summary>
    public IReadOnlyList<Speaker> Speakers { get; init; } = [];
    /// <summary>Who set a soft deadline aside for it, and why.</summary>
    public Override? AdmittedLate { get; init; }
    /// <summary>The room that it has.</summary>
    public GivenRoom? Room { get; init; }
    /// <summary>Bookings that were released: news of them that comes late means nothing.</summary>
    public IReadOnlyList<Guid> ReleasedBookings { get; init; } = [];

    /// <summary>Whether the proposer may change it.</summary>
    internal bool IsOpen => Status is ProposalStatus.Draft or ProposalStatus.Returned;

    /// <inheritdoc />
    public ForumProposal Evolve(object @event) => @event switch
    {
        ProposalDrafted e => new(e.ProposalId, e.EditionCode, e.OrganisationId, e.Form, ProposalStatus.Draft),
        ProposalChanged e => this with { Form = e.Form },
        SpeakerNamed e => this with { Speakers = [.. Speakers, new(e.SpeakerId, e.Kind, e.Confirmed)] },
        SpeakerStruckOff e => this with { Speakers = [.. Speakers.Where(speaker => speaker.Id != e.SpeakerId)] },
        ProposalAdmittedLate e => this with { AdmittedLate = e.SetAside },
        ProposalSubmitted _ => this with
        {
            Status = ProposalStatus.Submitted, Sent = true, Content = ContentReviewState.Pending, ContentReason = null, Reason = null,
        },
        ProposalReviewStarted _ => this with { Status = ProposalStatus.InReview },
        ProposalContentCleared _ => this with { Content = ContentReviewState.Cleared },
        ProposalContentReturned e => this with
        {
            Status = ProposalStatus.Returned, Content = ContentReviewState.Returned, ContentReason = e.Reason, Reason = e.Note,
        },
        ProposalAccepted e => this with { Status = ProposalStatus.Accepted, Reason = e.Reason },
        ProposalReturned e => this with { Status = ProposalStatus.Returned, Reason = e.Reason },
        ProposalDeclined e => this with { Status = ProposalStatus.Declined, Reason = e.Reason },
        ProposalWithdrawn _ => this with { Status = ProposalStatus.Withdrawn, Room = null },
        ProposalRoomGiven e => this with { Room = e.Room },
        ProposalRoomReleased e => this with
        {
            Room = Room?.BookingId == e.BookingId ? null : Room, ReleasedBookings = [.. ReleasedBookings, e.BookingId],
        },
        _ => this,
    };
}

/// <summary>Somebody who speaks: the name and the rest are personal data.</summary>
public sealed record Speaker(Guid Id, SpeechKind Kind, bool Confirmed);

/// <summary>Where a proposal stands (W5).</summary>
public enum ProposalStatus
{
    /// <summary>It does not exist.</summary>
    None,

    /// <summary>Only its proposer works on it.</summary>
    Draft,

    /// <summary>It waits in its group's queue.</summary>
    Submitted,

    /// <summary>Its content is reviewed, and the group decides.</summary>
    InReview,

    /// <summary>The proposer has to change it.</summary>
    Returned,

    /// <summary>It is held; it gets a room.</summary>
    Accepted,

    /// <summary>The group said no: an ending.</summary>
    Declined,

    /// <summary>The proposer gave up: an ending.</summary>
    Withdrawn,
}

/// <summary>Where a content review stands (requirement F-08).</summary>
public enum ContentReviewState
{
    /// <summary>Nobody has decided.</summary>
    Pending,

    /// <summary>Nothing is against it.</summary>
    Cleared,

    /// <summary>It was sent back.</summary>
    Returned,
}
