using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Boards;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a board of an edition.</summary>
public abstract record BoardEvent;

/// <summary>The committee said what the board is, for the first time or anew.</summary>
public sealed record BoardDefined(
    Guid BoardId, string EditionCode, string BoardCode, Text Name, BoardScope Scope, IReadOnlyList<string> Placements, IReadOnlyList<ListingKind> Takes,
    IReadOnlyList<BoardOrganiser> Organisers) : BoardEvent;

/// <summary>Who does what for a board (E-05); the organisation as the edition's plan calls it.</summary>
public sealed record BoardOrganiser([Needed] OrganiserRole? Role, [Needed, LengthUpTo(64)] string Org);

/// <summary>Whose needs a board takes (decision Q4).</summary>
public enum BoardScope
{
    /// <summary>Everybody's.</summary>
    Expo,

    /// <summary>Those of state-owned enterprises.</summary>
    CentralSoe,
}
