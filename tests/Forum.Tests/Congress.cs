using Expo.Contracts.Registration;
using Expo.Forum.Proposals;
using Expo.Forum.RoomDays;
using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Forum.Tests;

/// <summary>A running Forum on a database of its own, with a clock that a test may move. Each test makes editions and proposers for itself.</summary>
public sealed class Congress : IAsyncLifetime
{
    private ServiceApp<ForumProposal>? app;

    /// <summary>The service.</summary>
    public ServiceApp<ForumProposal> App => app!;

    /// <summary>Its clock; noon of 2023-03-01 in Shanghai at first.</summary>
    public ManualClock Clock { get; } = new(Samples.Noon);

    public HttpClient Officer => App.Client(TestCaller.Officer);

    public HttpClient Beijing => App.Client(TestCaller.Somebody(Roles.BeijingGroup));

    public HttpClient Shenzhen => App.Client(TestCaller.Somebody(Roles.ShenzhenGroup));

    public HttpClient Stranger => App.Client();

    public async ValueTask InitializeAsync() => app = await ServiceApp<ForumProposal>.StartAsync(new ServiceSetup { Clock = Clock });

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    /// <summary>An edition that is open on 2023-04-15 and takes proposals until 2023-03-10, with two rooms.</summary>
    public async Task<string> Edition(string kind = "hard")
    {
        var code = await App.KnowEdition(new EditionDeadline("forum_proposal", new(2023, 3, 10), kind), new EditionDeadline("forum_venue", new(2023, 3, 10), kind));
        (await Shenzhen.Put($"{Root(code)}/rooms", Samples.TwoRooms)).Is(NoContent);
        return code;
    }

    public static string Root(string edition) => $"/api/forum/v1/editions/{edition}";

    public static string RoomDayAt(string edition, string room = "five-01", string day = "2023-04-15") => $"{Root(edition)}/room-days/{room}/{day}";

    /// <summary>Gives the forum a room, or tries to.</summary>
    public Task<Answer> Book(Dossier dossier, string from, string to, string room = "five-01", string? reason = null) =>
        Shenzhen.Post($"{RoomDayAt(dossier.Edition, room)}/bookings", new BookRoomRequest(dossier.Id, TimeOnly.Parse(from, null), TimeOnly.Parse(to, null), reason));

    public async Task<RoomSchedule> Schedule(string edition, string room = "five-01") => (await Shenzhen.Get(RoomDayAt(edition, room))).Is(OK).Read<RoomSchedule>();
}

/// <summary>The congress of all tests that let its clock stand; the servers end with it.</summary>
public sealed class SharedCongress : IAsyncLifetime
{
    private readonly Servers servers = new();

    public Congress Congress { get; } = new();

    public ValueTask InitializeAsync() => Congress.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Congress.DisposeAsync();
        await servers.DisposeAsync();
    }
}

/// <summary>One proposer with one proposal, and the calls that take it further.</summary>
public sealed record Dossier(Congress Congress, string Edition, TestCaller Caller, HttpClient Proposer, Guid Id)
{
    public string Proposal => $"{Congress.Root(Edition)}/proposals/{Id}";

    public static async Task<Dossier> Drafted(Congress congress, string edition, ProposalForm? form = null)
    {
        var caller = await congress.App.KnowOrganisation();
        var proposer = congress.App.Client(caller);
        var answer = (await proposer.Post($"{Congress.Root(edition)}/proposals", form ?? Samples.Form())).Is(Created);
        var id = answer.Read<DraftedProposal>().Id;
        Assert.Equal($"{Congress.Root(edition)}/proposals/{id}", answer.Headers.Location?.ToString());
        var dossier = new Dossier(congress, edition, caller, proposer, id);
        (await proposer.Post($"{dossier.Proposal}/speakers", Samples.Speaker)).Is(Created);
        return dossier;
    }

    public static async Task<Dossier> Submitted(Congress congress, string edition, ProposalForm? form = null)
    {
        var dossier = await Drafted(congress, edition, form);
        (await dossier.Proposer.Post($"{dossier.Proposal}/submission")).Is(NoContent);
        return dossier;
    }

    public static async Task<Dossier> Accepted(Congress congress, string edition, ProposalForm? form = null)
    {
        var dossier = await Submitted(congress, edition, form);
        var group = (form ?? Samples.Form()).WorkingGroup == WorkingGroup.Beijing ? congress.Beijing : congress.Shenzhen;
        (await group.Post($"{dossier.Proposal}/review")).Is(NoContent);
        (await group.Post($"{dossier.Proposal}/content-review", new ReviewContentRequest("cleared", null, null))).Is(NoContent);
        (await group.Post($"{dossier.Proposal}/acceptance", new AcceptProposalRequest(null))).Is(NoContent);
        return dossier;
    }

    public async Task<ShownProposal> Read() => (await Proposer.Get(Proposal)).Is(OK).Read<ShownProposal>();

    public Task<ShownProposal> HasRoom(Guid? bookingId) => Eventually.Is(Read, shown => shown.Room?.BookingId == bookingId);

    public async Task<string[]> History() =>
        [.. (await Proposer.Get($"{Proposal}/history")).Is(OK).Json.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()!)];
}
