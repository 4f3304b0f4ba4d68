using Expo.Kernel;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Boards;

/// <summary>The boards of an edition, and the needs on them.</summary>
public static class BoardsModule
{
    /// <summary>Keeps boards and postings.</summary>
    public static EventStoreBuilder AddBoards(this EventStoreBuilder store)
    {
        store.Services.AddScoped<LivePostings>().AddScoped<PostedNeeds>();
        return store
            .Stream<Board>()
            .Marten(options => options.Schema.For<Board>().Duplicate(row => row.EditionCode))
            .Event<BoardDefined>("board_defined")
            .Stream<BoardPosting>()
            .Marten(options => options.Schema.For<BoardPosting>().Duplicate(row => row.EditionCode).Duplicate(row => row.ListingId))
            .Event<PostingNominated>("posting_nominated")
            .Event<PostingPosted>("posting_posted")
            .Event<PostingTakenDown>("posting_taken_down")
            .Timers<PostingNominated>(PostNeedWhenPeriodBegins.Due)
            .Reaction<BeginPosting, PostNeedWhenPeriodBegins>("begin_posting")
            .Timers<PostingNominated>(TakeDownPostingWhenPeriodEnds.Due)
            .Reaction<EndPosting, TakeDownPostingWhenPeriodEnds>("end_posting")
            .Timers<ListingClosed>(TakeDownPostingsWhenListingClosed.Due)
            .Reaction<EndPostingsOf, TakeDownPostingsWhenListingClosed>("end_postings_of");
    }

    /// <summary>Serves the boards of an edition.</summary>
    public static void MapBoards(this RouteGroupBuilder edition)
    {
        var boards = edition.MapGroup("/boards").WithTags("Boards");
        BoardListEndpoints.Map(boards);
        DefineBoardEndpoint.Map(boards);
        var postings = boards.MapGroup("/{code}/postings").WithTags("Postings");
        PostingListEndpoints.Map(postings);
        NominateNeedEndpoint.Map(postings);
        TakeDownPostingEndpoint.Map(postings);
    }
}
