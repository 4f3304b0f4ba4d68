using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Boards;

/// <summary>A board as it is shown.</summary>
public sealed record ListedBoard(
    Guid Id, string Code, Text Name, BoardScope Scope, IReadOnlyList<string> Placements, IReadOnlyList<ListingKind> Takes, IReadOnlyList<BoardOrganiser> Organisers);

internal static class BoardListEndpoints
{
    public static void Map(RouteGroupBuilder boards)
    {
        boards.MapGet("", List).AllowAnonymous().WithName("ListBoards").WithSummary("The boards of the edition, by code");
        boards.MapGet("/{code}", One).AllowAnonymous().WithName("GetBoard").WithSummary("One board");
        boards.MapHistory<Board>("GetBoardHistory", Board.Unknown, (_, caller) => caller.Is(Roles.CommitteeOfficer)).Allow(Roles.CommitteeOfficer);
    }

    private static async Task<Ok<Page<ListedBoard>>> List(string edition, Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Board>(
            "where d.edition_code = ? and d.data ->> 'Code' > ? order by d.data ->> 'Code' limit ?", ct, edition, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ListedBoard>.Of(rows.Select(Show).ToArray(), paging.Limit, board => board.Code));
    }

    private static async Task<Results<Ok<ListedBoard>, ProblemHttpResult>> One(string edition, string code, Streams streams, CancellationToken ct) =>
        ((await streams.Read<Board>(Board.IdOf(edition, code), ct)).State is { } board ? Show(board) : null).OkOr(Board.Unknown);

    private static ListedBoard Show(Board board) => new(board.Id, board.Code, board.Name!, board.Scope, board.Placements, board.Takes, board.Organisers);
}
