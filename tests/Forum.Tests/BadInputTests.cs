using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Forum.Proposals;
using Expo.Forum.RoomDays;
using Expo.TestKit;
using static Expo.Forum.Tests.Congress;
using static System.Net.HttpStatusCode;

namespace Expo.Forum.Tests;

[Trait("needs", "postgres")]
public sealed class BadInputTests(SharedCongress shared)
{
    private readonly Congress congress = shared.Congress;

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"title":"论坛"}""")]
    [InlineData("""{"audience":"150"}""")]
    [InlineData("""{"surprise":1}""")]
    [InlineData("""{"tier":"parallel","tier":"parallel"}""")]
    [InlineData("""{"preferred":{"day":"15 April"}}""")]
    [InlineData("""{"preferred":{"from":"nine"}}""")]
    public async Task A_malformed_proposal_is_refused(string body)
    {
        var edition = await congress.Edition();
        var proposer = congress.App.Client(await congress.App.KnowOrganisation());
        (await proposer.Post($"{Root(edition)}/proposals", body)).IsRefused(BadRequest, "request.malformed");
        Assert.Empty((await proposer.Get($"{Root(edition)}/proposals")).Read<Page<ListedProposal>>().Items);
    }

    [Theory]
    [InlineData("workingGroup", "null", "field.required")]
    [InlineData("workingGroup", "\"shanghai\"", "field.unknown_code")]
    [InlineData("title", """{"en":"Only English"}""", "field.too_long")]
    [InlineData("tier", "\"dinner\"", "field.unknown_code")]
    [InlineData("organisers", "[]", "field.required")]
    [InlineData("aim", "null", "field.required")]
    [InlineData("topics", "null", "field.required")]
    [InlineData("agenda", "[]", "field.required")]
    [InlineData("audience", "0", "field.out_of_range")]
    [InlineData("languages", "[]", "field.required")]
    [InlineData("languages", "[null]", "field.required")]
    [InlineData("format", "\"banquet\"", "field.unknown_code")]
    [InlineData("interpreting", "null", "field.required")]
    [InlineData("preferred", "null", "field.required")]
    [InlineData("seats", "0", "field.out_of_range")]
    [InlineData("deliveryMode", "\"by_post\"", "field.unknown_code")]
    [InlineData("contentAnswers", "null", "field.required")]
    [Requirement("F-07")]
    public async Task A_field_of_a_proposal_is_named_with_what_is_wrong(string member, string value, string code)
    {
        var form = JsonNode.Parse(JsonSerializer.Serialize(Samples.Form(), HttpJson.Options))!;
        form[member] = JsonNode.Parse(value);
        await Invalid(
            congress.App.Client(await congress.App.KnowOrganisation()), $"{Root(await congress.Edition())}/proposals", form.ToJsonString(), $"#/{member}", code);
    }

    [Fact]
    public async Task A_speaker_needs_a_name_a_country_and_a_part()
    {
        var dossier = await Dossier.Drafted(congress, await congress.Edition());
        var speakers = $"{dossier.Proposal}/speakers";
        await Invalid(dossier.Proposer, speakers, """{"country":"CN","kind":"keynote"}""", "#/nameZh", "field.required");
        await Invalid(dossier.Proposer, speakers, """{"nameZh":"示例","kind":"keynote"}""", "#/country", "field.required");
        await Invalid(dossier.Proposer, speakers, """{"nameZh":"示例","country":"CN"}""", "#/kind", "field.required");
        await Invalid(dossier.Proposer, speakers, """{"nameZh":"示例","country":"CN","kind":"song"}""", "#/kind", "field.unknown_code");
        Assert.Single((await dossier.Read()).Speakers);
    }

    [Fact]
    public async Task A_review_needs_an_outcome_and_a_decision_its_reason()
    {
        var dossier = await Dossier.Submitted(congress, await congress.Edition());
        await Invalid(congress.Shenzhen, $"{dossier.Proposal}/content-review", "{}", "#/outcome", "field.required");
        await Invalid(congress.Shenzhen, $"{dossier.Proposal}/content-review", """{"outcome":"maybe"}""", "#/outcome", "field.unknown_code");
        await Invalid(congress.Shenzhen, $"{dossier.Proposal}/content-review", """{"outcome":"returned","reason":"dull"}""", "#/reason", "field.unknown_code");
        await Invalid(congress.Shenzhen, $"{dossier.Proposal}/return", "{}", "#/reason", "field.required");
        await Invalid(congress.Shenzhen, $"{dossier.Proposal}/decline", """{"reason":{"en":"No"}}""", "#/reason", "field.too_long");
        await Invalid(congress.Officer, $"{dossier.Proposal}/late-admission", "{}", "#/reason", "field.required");
        (await congress.Shenzhen.Post($"{dossier.Proposal}/acceptance", """{"reason":"yes"}""")).IsRefused(BadRequest, "request.malformed");
        Assert.Equal(["proposal_drafted", "speaker_named", "proposal_submitted"], await dossier.History());
    }

    [Fact]
    public async Task A_booking_needs_a_forum_and_a_time_and_a_payment_an_amount()
    {
        var edition = await congress.Edition();
        var bookings = $"{RoomDayAt(edition)}/bookings";
        var id = Guid.CreateVersion7();
        await Invalid(congress.Shenzhen, bookings, """{"from":"09:00","to":"12:00"}""", "#/proposalId", "field.required");
        await Invalid(congress.Shenzhen, bookings, $$"""{"proposalId":"{{id}}","to":"12:00"}""", "#/from", "field.required");
        (await congress.Shenzhen.Post(bookings, $$"""{"proposalId":"{{id}}","from":"25:00","to":"26:00"}""")).IsRefused(BadRequest, "request.malformed");
        (await congress.Shenzhen.Post(bookings, new BookRoomRequest(id, new(9, 0), new(12, 0), null))).IsRefused(NotFound, "proposal.unknown");
        (await congress.Shenzhen.Post($"{RoomDayAt(edition, day: "tomorrow")}/bookings", new BookRoomRequest(id, new(9, 0), new(12, 0), null))).IsRefused(BadRequest, "request.malformed");
        await Invalid(congress.Shenzhen, $"{bookings}/{id}/confirmation", """{"paidOn":"2023-03-01","reference":"B-1"}""", "#/fee", "field.required");
        await Invalid(congress.Shenzhen, $"{bookings}/{id}/confirmation", """{"fee":{"amount":"-1","currency":"CNY"},"paidOn":"2023-03-01","reference":"B-1"}""", "#/fee/amount", "field.invalid");
    }

    [Fact]
    public async Task A_bad_series_and_a_bad_plan_of_rooms_are_refused()
    {
        await Invalid(congress.Officer, "/api/forum/v1/series/bad_one", Samples.RuralForum with { Edition = 0 }, "#/edition", "field.out_of_range", HttpMethod.Put);
        await Invalid(congress.Officer, "/api/forum/v1/series/Bad-One", Samples.RuralForum, "#/code", "field.invalid", HttpMethod.Put);
        (await congress.Stranger.Get("/api/forum/v1/series/bad_one")).IsRefused(NotFound, "series.unknown");

        var rooms = $"{Root(await congress.App.KnowEdition())}/rooms";
        await Invalid(congress.Officer, rooms, Samples.TwoRooms with { Source = null }, "#/source", "field.required", HttpMethod.Put);
        await Invalid(congress.Officer, rooms, Samples.TwoRooms with { Rooms = [] }, "#/rooms", "field.required", HttpMethod.Put);
        var room = Samples.TwoRooms.Rooms[0];
        await Invalid(congress.Officer, rooms, Samples.TwoRooms with { Rooms = [room with { Capacity = 0 }] }, "#/rooms/0/capacity", "field.out_of_range", HttpMethod.Put);
        await Invalid(congress.Officer, rooms, Samples.TwoRooms with { Rooms = [room with { Code = "Hall/1" }] }, "#/rooms/0/code", "field.invalid", HttpMethod.Put);
        (await congress.Officer.Put(rooms, Samples.TwoRooms with { Rooms = [room, room] })).IsRefused(UnprocessableEntity, "room_plan.code_repeated");
        (await congress.Stranger.Get(rooms)).IsRefused(NotFound, "room_plan.unknown");
    }

    [Fact]
    public async Task What_is_not_there_is_unknown()
    {
        var edition = await congress.Edition();
        var nothing = $"{Root(edition)}/proposals/{Guid.CreateVersion7()}";
        var proposer = congress.App.Client(await congress.App.KnowOrganisation());
        (await proposer.Put(nothing, Samples.Form())).IsRefused(NotFound, "proposal.unknown");
        (await proposer.Post($"{nothing}/speakers", Samples.Speaker)).IsRefused(NotFound, "proposal.unknown");
        (await proposer.Delete($"{nothing}/speakers/{Guid.CreateVersion7()}")).IsRefused(NotFound, "proposal.unknown");
        (await proposer.Post($"{nothing}/submission")).IsRefused(NotFound, "proposal.unknown");
        (await proposer.Get($"{nothing}/history")).IsRefused(NotFound, "proposal.unknown");
        (await proposer.Get($"{Root(edition)}/proposals/one")).IsRefused(NotFound, "route.unknown");
        (await congress.Stranger.Get($"{Root("nowhere")}/forums")).IsRefused(NotFound, "edition.unknown");
        (await congress.Officer.Get($"{Root(edition)}/proposals?queue=shanghai")).IsRefused(UnprocessableEntity, "validation");
    }

    private static async Task Invalid(HttpClient caller, string path, object body, string pointer, string code, HttpMethod? method = null)
    {
        var answer = (await caller.Send(method ?? HttpMethod.Post, path, body)).IsRefused(UnprocessableEntity, "validation");
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }
}
