using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using static Expo.Matchmaking.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests.Boards;

[Trait("needs", "postgres")]
public sealed class BoardTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact]
    [Requirement("M-13", "E-05")]
    public async Task The_committee_defines_the_boards_and_everybody_reads_them()
    {
        var edition = await market.Edition();
        (await market.Officer.Put(BoardAt(edition, "project_demand_soe"), Samples.Define(BoardScope.CentralSoe) with
        {
            Placements = ["section:central_soe"], Takes = [ListingKind.ProjectCooperation],
        })).Is(NoContent);

        var boards = (await market.Visitor.Get($"{Root}/editions/{edition}/boards")).Is(OK).Read<Page<ListedBoard>>().Items;
        Assert.Equal(["project_cooperation", "project_demand_soe"], boards.Select(board => board.Code));
        var soe = (await market.Visitor.Get(BoardAt(edition, "project_demand_soe"))).Is(OK).Read<ListedBoard>();
        Assert.Equal((BoardScope.CentralSoe, "section:central_soe"), (soe.Scope, Assert.Single(soe.Placements)));
        Assert.Equal("most_unspecified", Assert.Single(soe.Organisers).Org);
        (await market.Visitor.Get(BoardAt(edition, "talent_demand"))).IsRefused(NotFound, "board.unknown");
        Assert.Equal(["board_defined"], await History(market.Officer, $"{Root}/editions/{edition}/boards/{soe.Id}"));
    }

    [Theory]
    [Requirement("M-13")]
    [InlineData("roof")]
    [InlineData("zone:")]
    [InlineData("section:Central SOE")]
    [InlineData("website_top ")]
    [InlineData("main_hall\n")]
    public async Task A_board_is_put_up_only_where_boards_can_be(string placement)
    {
        var edition = await market.App.KnowEdition();
        var answer = (await market.Officer.Put(BoardAt(edition), Samples.Define() with { Placements = [placement] })).IsRefused(UnprocessableEntity, "validation");
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(("#/placements", "field.unknown_code"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Only_the_committee_defines_boards()
    {
        var edition = await market.Edition();
        (await market.Visitor.Put(BoardAt(edition), Samples.Define())).Is(Unauthorized);
        (await (await market.Organisation()).Client.Put(BoardAt(edition), Samples.Define())).Is(Forbidden);
        (await market.Officer.Put(BoardAt("nowhere"), Samples.Define())).IsRefused(NotFound, "edition.unknown");
        (await market.Officer.Put(BoardAt(edition, "No-Code"), Samples.Define())).Is(UnprocessableEntity);
        (await market.Officer.Put(BoardAt(edition), Samples.Define(), ifMatch: 7)).IsRefused(PreconditionFailed, "version.stale");
        Assert.Equal(1, (await market.Officer.Put(BoardAt(edition), Samples.Define(), ifMatch: 1)).Is(NoContent).Version);
    }
}
