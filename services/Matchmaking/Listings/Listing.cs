using Expo.Kernel;

namespace Expo.Matchmaking.Listings;

/// <summary>A need or an offer of an organisation; it belongs to no edition, since matching goes on all year (M-01, E-11).</summary>
public sealed record Listing(Guid Id, Guid OrganisationId, ListingForm? Form, ListingStatus Status, ClosureReason? ClosedBecause) : IState<Listing>
{
    /// <summary>A listing that nobody wrote.</summary>
    public Listing()
        : this(Guid.Empty, Guid.Empty, null, ListingStatus.None, null)
    {
    }

    /// <summary>The interests that became matches, in their order.</summary>
    public IReadOnlyList<Guid> Matches { get; init; } = [];

    /// <summary>Whether others have seen it.</summary>
    public bool WasPublished { get; init; }

    /// <inheritdoc />
    public Listing Evolve(object @event) => @event switch
    {
        ListingDrafted e => new(e.ListingId, e.OrganisationId, e.Form, ListingStatus.Drafted, null),
        ListingChanged e => this with { Form = e.Form },
        ListingSubmitted _ => this with { Status = ListingStatus.Submitted },
        ListingPublished _ => this with { Status = ListingStatus.Published, WasPublished = true },
        // A match that is recorded after the closing was made before it: both are its organisation's own acts.
        ListingMatched e => this with { Status = Status == ListingStatus.Closed ? Status : ListingStatus.Matched, Matches = [.. Matches, e.InterestId] },
        ListingClosed e => this with { Status = ListingStatus.Closed, ClosedBecause = e.Reason },
        _ => this,
    };

    /// <summary>Whether it is this organisation's.</summary>
    public bool IsOf(Guid? organisation) => Status != ListingStatus.None && OrganisationId == organisation;

    /// <summary>Whether everybody sees it, and may answer it.</summary>
    public bool IsOpen => Status is ListingStatus.Published or ListingStatus.Matched;
}

/// <summary>Why something cannot be done with a listing.</summary>
public static class ListingRefusals
{
    /// <summary>There is none, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("listing.unknown", "没有这条供需信息。", "There is no such need or offer.");

    /// <summary>It has ended.</summary>
    public static readonly Refusal Closed = Refusal.Conflict("listing.closed", "该供需信息已关闭。", "This need or offer is closed.");
}
