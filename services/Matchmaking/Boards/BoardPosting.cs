using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Matchmaking.Boards;

/// <summary>One need on one board (张榜, M-11); once taken down it can be nominated again.</summary>
public sealed record BoardPosting(
    Guid Id, Guid NominationId, string EditionCode, string BoardCode, Guid ListingId, Guid OrganisationId, DateOnly From, DateOnly Until, int Rank,
    PostingStatus Status, string? Reason, string? Note) : IState<BoardPosting>
{
    /// <summary>A posting that nobody made.</summary>
    public BoardPosting()
        : this(Guid.Empty, Guid.Empty, "", "", Guid.Empty, Guid.Empty, default, default, 0, PostingStatus.None, null, null)
    {
    }

    /// <inheritdoc />
    public BoardPosting Evolve(object @event) => @event switch
    {
        PostingNominated e => new(
            e.PostingId, e.NominationId, e.EditionCode, e.BoardCode, e.ListingId, e.OrganisationId, e.From, e.Until, e.Rank, PostingStatus.Nominated, null, null),
        PostingPosted _ => this with { Status = PostingStatus.Posted },
        PostingTakenDown e => this with { Status = PostingStatus.TakenDown, Reason = e.Reason, Note = e.Note },
        _ => this,
    };

    /// <summary>Whether it is on the board, or on its way there.</summary>
    public bool IsLive => Status is PostingStatus.Nominated or PostingStatus.Posted;

    /// <summary>One posting for each need and board, so that a need is never on a board twice.</summary>
    public static Guid IdOf(string edition, string board, Guid listing) => NaturalId.For("posting", edition, board, listing.ToString());

    /// <summary>There is none.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("posting.unknown", "榜单上没有这条需求。", "There is no such need on the board.");
}

/// <summary>Where a posting stands (workflow W6).</summary>
public enum PostingStatus
{
    /// <summary>It does not exist.</summary>
    None,

    /// <summary>Selected; it goes up when its period begins.</summary>
    Nominated,

    /// <summary>On the board.</summary>
    Posted,

    /// <summary>Off the board.</summary>
    TakenDown,
}
