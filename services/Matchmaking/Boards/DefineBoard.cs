using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Boards;

/// <summary>What a board is; placements are <c>website_top</c>, <c>main_hall</c>, <c>every_zone</c>, <c>zone:…</c> and <c>section:…</c>.</summary>
public sealed record DefineBoardRequest(
    [Needed, TextUpTo(60)] Text Name,
    [Needed] BoardScope? Scope,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(50), EachLike(EachLikeAttribute.Placement)] IReadOnlyList<string> Placements,
    [CountUpTo(3)] IReadOnlyList<ListingKind>? Takes,
    [CountUpTo(20)] IReadOnlyList<BoardOrganiser>? Organisers);

/// <summary>Say what a board of an edition is.</summary>
public sealed record DefineBoard(BoardDefined Definition)
{
    /// <summary>As often as needed; what is posted already stays.</summary>
    public Decision<BoardEvent> Decide(Board board, DateTimeOffset now) =>
        Definition.Name.Equals(board.Name) && board.Scope == Definition.Scope && board.Placements.SequenceEqual(Definition.Placements)
        && board.Takes.SequenceEqual(Definition.Takes) && board.Organisers.SequenceEqual(Definition.Organisers)
            ? Decision<BoardEvent>.Nothing
            : Definition;
}

internal static class DefineBoardEndpoint
{
    public static void Map(RouteGroupBuilder boards) => boards
        .MapPut("/{code}", Handle)
        .Allow(Roles.CommitteeOfficer)
        .WithName(nameof(DefineBoard))
        .WithSummary("Say what a board of the edition is")
        .Fulfils("M-13", "E-05");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, [RegularExpression(EachLikeAttribute.Code, ErrorMessage = "A code has lower-case letters, digits and underscores.")] string code,
        DefineBoardRequest body, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var id = Board.IdOf(edition, code);
        var command = new DefineBoard(new BoardDefined(id, edition, code, body.Name, body.Scope!.Value, body.Placements, body.Takes ?? [], body.Organisers ?? []));
        return streams.Decide<Board, BoardEvent>(id, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
