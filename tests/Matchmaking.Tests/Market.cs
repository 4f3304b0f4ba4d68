using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Interests;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests;

/// <summary>A running Matchmaking on a database of its own, with a clock that a test may move. Each test makes editions and organisations for itself.</summary>
public sealed class Market : IAsyncLifetime
{
    public const string Root = "/api/matchmaking/v1";

    private ServiceApp<Listing>? app;

    /// <summary>The service.</summary>
    public ServiceApp<Listing> App => app!;

    /// <summary>Its clock; noon of 2023-03-01 in Shanghai at first.</summary>
    public ManualClock Clock { get; } = new(Samples.Noon);

    public HttpClient Officer => App.Client(TestCaller.Officer);

    public HttpClient Visitor => App.Client();

    public async ValueTask InitializeAsync() => app = await ServiceApp<Listing>.StartAsync(new ServiceSetup { Clock = Clock });

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    /// <summary>A verified organisation's caller, with a client.</summary>
    public async Task<Participant> Organisation(string kind = "enterprise", string country = "CN")
    {
        var caller = await App.KnowOrganisation(kind, country);
        return new Participant(App.Client(caller), caller.OrganisationId!.Value);
    }

    /// <summary>An overseas expert organisation, as the story has it.</summary>
    public Task<Participant> Experts() => Organisation("expert_organisation", "DE");

    /// <summary>A draft; returns where it is.</summary>
    public static async Task<Guid> Draft(Participant owner, ListingForm? form = null) =>
        (await owner.Client.Post($"{Root}/listings", form ?? Samples.Form())).Is(Created).Read<DraftedListing>().Id;

    /// <summary>A published listing.</summary>
    public static async Task<Guid> Publish(Participant owner, ListingForm? form = null)
    {
        var id = await Draft(owner, form);
        (await owner.Client.Post($"{ListingAt(id)}/publication")).Is(NoContent);
        return id;
    }

    /// <summary>A new edition with one board, which takes every need.</summary>
    public async Task<string> Edition(BoardScope scope = BoardScope.Expo)
    {
        var edition = await App.KnowEdition();
        (await Officer.Put(BoardAt(edition), Samples.Define(scope))).Is(NoContent);
        return edition;
    }

    /// <summary>A need on the edition's board; returns where the posting is, once it is up.</summary>
    public async Task<string> Post(string edition, Guid listing, int rank = 1)
    {
        var answer = (await Officer.Post($"{BoardAt(edition)}/postings", Samples.Nominate(listing, rank))).Is(Created);
        var posting = $"{BoardAt(edition)}/postings/{answer.Read<NominatedNeed>().Id}";
        Assert.Equal(posting, answer.Headers.Location?.ToString());
        await PostingReaches(posting, PostingStatus.Posted);
        return posting;
    }

    public Task<ListedPosting> PostingReaches(string posting, PostingStatus state) =>
        Eventually.Is(async () => (await Officer.Get(posting)).Is(OK).Read<ListedPosting>(), seen => seen.State == state);

    public static async Task<string> Answer(Participant answerer, Guid listing)
    {
        var answer = (await answerer.Client.Post($"{ListingAt(listing)}/interests", Samples.Answer)).Is(Created);
        var interest = $"{Root}/interests/{answer.Read<ExpressedInterest>().Id}";
        Assert.Equal(interest, answer.Headers.Location?.ToString());
        return interest;
    }

    public static async Task<string[]> History(HttpClient reader, string of) =>
        [.. (await reader.Get($"{of}/history")).Is(OK).Json.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()!)];

    public static string ListingAt(Guid id) => $"{Root}/listings/{id}";

    public static string BoardAt(string edition, string code = "project_cooperation") => $"{Root}/editions/{edition}/boards/{code}";
}

/// <summary>Somebody who acts for an organisation.</summary>
public sealed record Participant(HttpClient Client, Guid Organisation);

/// <summary>The market of all tests that let its clock stand; the servers end with it.</summary>
public sealed class SharedMarket : IAsyncLifetime
{
    private readonly Servers servers = new();

    public Market Market { get; } = new();

    public ValueTask InitializeAsync() => Market.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Market.DisposeAsync();
        await servers.DisposeAsync();
    }
}
