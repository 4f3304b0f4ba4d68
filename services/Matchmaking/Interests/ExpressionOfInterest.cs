using Expo.Kernel;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Interests;

/// <summary>One organisation's answer (应答, M-03) to one need or offer.</summary>
public sealed record ExpressionOfInterest(Guid Id, Guid ListingId, Guid OwnerId, Guid OrganisationId, Guid MessageId, InterestStatus Status, DeclineReason? DeclinedBecause)
    : IState<ExpressionOfInterest>
{
    /// <summary>An interest that nobody expressed.</summary>
    public ExpressionOfInterest()
        : this(Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, InterestStatus.None, null)
    {
    }

    /// <summary>How the answerer would work together.</summary>
    public IReadOnlyList<CooperationMode> CooperationModes { get; init; } = [];

    /// <summary>What it brings.</summary>
    public IReadOnlyList<ResourceKind> Offers { get; init; } = [];

    /// <inheritdoc />
    public ExpressionOfInterest Evolve(object @event) => @event switch
    {
        InterestExpressed e => new(e.InterestId, e.ListingId, e.OwnerId, e.OrganisationId, e.MessageId, InterestStatus.Expressed, null)
        {
            CooperationModes = e.CooperationModes, Offers = e.Offers,
        },
        InterestViewed _ => this with { Status = InterestStatus.Viewed },
        InterestAccepted _ => this with { Status = InterestStatus.Accepted },
        InterestDeclined e => this with { Status = InterestStatus.Declined, DeclinedBecause = e.Reason },
        InterestWithdrawn _ => this with { Status = InterestStatus.Withdrawn },
        InterestLapsed _ => this with { Status = InterestStatus.Lapsed },
        _ => this,
    };

    /// <summary>Whether the owner still has to decide.</summary>
    public bool IsUndecided => Status is InterestStatus.Expressed or InterestStatus.Viewed;

    /// <summary>Whether it was sent to this organisation.</summary>
    public bool IsTo(Guid? organisation) => Status != InterestStatus.None && OwnerId == organisation;

    /// <summary>Whether this organisation sent it.</summary>
    public bool IsFrom(Guid? organisation) => Status != InterestStatus.None && OrganisationId == organisation;

    /// <summary>One interest for each organisation and listing.</summary>
    public static Guid IdOf(Guid organisation, Guid listing) => NaturalId.For("interest", organisation.ToString(), listing.ToString());
}

/// <summary>What the answerer wrote to the owner; a personal row outside the events.</summary>
public sealed record InterestMessage(string Text);

/// <summary>Where an interest stands.</summary>
public enum InterestStatus
{
    /// <summary>It does not exist.</summary>
    None,

    /// <summary>Sent.</summary>
    Expressed,

    /// <summary>Seen by the owner.</summary>
    Viewed,

    /// <summary>The owner said yes: the good ending.</summary>
    Accepted,

    /// <summary>The owner said no: an ending.</summary>
    Declined,

    /// <summary>The answerer took it back; it may answer again.</summary>
    Withdrawn,

    /// <summary>What it answers was closed first: an ending.</summary>
    Lapsed,
}

/// <summary>Why something cannot be done with an interest.</summary>
public static class InterestRefusals
{
    /// <summary>There is none, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("interest.unknown", "没有这份应答。", "There is no such expression of interest.");

    /// <summary>It stands elsewhere.</summary>
    public static Refusal WrongState(ExpressionOfInterest interest) => Refusal.Conflict(
        "interest.wrong_state", "应答的当前状态不允许此操作。", "The present state of the interest does not allow this.").With("state", interest.Status.Code());
}
