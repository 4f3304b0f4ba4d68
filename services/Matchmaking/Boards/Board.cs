using Expo.Kernel;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Boards;

/// <summary>A board (榜) of an edition, on which key needs are put up.</summary>
public sealed record Board(Guid Id, string EditionCode, string Code, Text? Name, BoardScope Scope) : IState<Board>
{
    /// <summary>A board that nobody defined.</summary>
    public Board()
        : this(Guid.Empty, "", "", null, default)
    {
    }

    /// <summary>Where it is put up (M-13).</summary>
    public IReadOnlyList<string> Placements { get; init; } = [];

    /// <summary>The kinds of needs it takes; every kind when it names none.</summary>
    public IReadOnlyList<ListingKind> Takes { get; init; } = [];

    /// <summary>Who does what for it.</summary>
    public IReadOnlyList<BoardOrganiser> Organisers { get; init; } = [];

    /// <inheritdoc />
    public Board Evolve(object @event) => @event switch
    {
        BoardDefined e => new(e.BoardId, e.EditionCode, e.BoardCode, e.Name, e.Scope) { Placements = e.Placements, Takes = e.Takes, Organisers = e.Organisers },
        _ => this,
    };

    /// <summary>One board for each edition and code.</summary>
    public static Guid IdOf(string edition, string code) => NaturalId.For("board", edition, code);

    /// <summary>There is none.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("board.unknown", "本届没有这个榜单。", "This edition has no such board.");
}
