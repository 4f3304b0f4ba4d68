using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using static Expo.Matchmaking.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests;

[Trait("needs", "postgres")]
public sealed class BadInputTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"title":"only text"}""")]
    [InlineData("""{"stage":"4"}""")]
    [InlineData("""{"surprise":1}""")]
    [InlineData("""{"stage":1,"stage":2}""")]
    [InlineData("""{"title":{"zh":"a\u0000b"}}""")]
    public async Task A_malformed_listing_is_refused(string body)
    {
        var owner = await market.Organisation();
        (await owner.Client.Post($"{Root}/listings", body)).IsRefused(BadRequest, "request.malformed");
        (await owner.Client.Put(ListingAt(await Draft(owner)), body)).IsRefused(BadRequest, "request.malformed");
    }

    [Theory]
    [InlineData("kind", "null", "#/kind", "field.required")]
    [InlineData("kind", "\"swap\"", "#/kind", "field.unknown_code")]
    [InlineData("resourceKind", "null", "#/resourceKind", "field.required")]
    [InlineData("direction", "null", "#/direction", "field.required")]
    [InlineData("direction", "\"both\"", "#/direction", "field.unknown_code")]
    [InlineData("title", "null", "#/title", "field.required")]
    [InlineData("title", """{"en":"Only English"}""", "#/title", "field.too_long")]
    [InlineData("summary", "null", "#/summary", "field.required")]
    [InlineData("fields", "[]", "#/fields", "field.required")]
    [InlineData("fields", "[null]", "#/fields", "field.required")]
    [InlineData("fields", "[\"New Energy\"]", "#/fields", "field.unknown_code")]
    [InlineData("stage", "0", "#/stage", "field.out_of_range")]
    [InlineData("stage", "10", "#/stage", "field.out_of_range")]
    [InlineData("cooperationModes", "[]", "#/cooperationModes", "field.required")]
    [InlineData("cooperationModes", "[\"barter\"]", "#/cooperationModes/0", "field.unknown_code")]
    [InlineData("partnerSought", """{"countries":["Germany"],"overseasOnly":true}""", "#/partnerSought/countries", "field.unknown_code")]
    [InlineData("budget", """{"min":"-1","currency":"CNY"}""", "#/budget/min", "field.invalid")]
    [InlineData("budget", """{"min":"1","currency":"yuan"}""", "#/budget/currency", "field.invalid")]
    [InlineData("iprStatus", "\"lost\"", "#/iprStatus", "field.unknown_code")]
    [InlineData("confidentiality", "\"members\"", "#/confidentiality", "field.unknown_code")]
    public async Task A_field_of_a_listing_is_named_with_what_is_wrong(string member, string value, string pointer, string code)
    {
        var form = JsonNode.Parse(JsonSerializer.Serialize(Samples.Form(), HttpJson.Options))!;
        form[member] = JsonNode.Parse(value);
        await Invalid((await market.Organisation()).Client, $"{Root}/listings", form.ToJsonString(), pointer, code);
    }

    [Fact]
    public async Task Texts_are_counted_in_characters_as_people_see_them()
    {
        var owner = await market.Organisation();
        var family = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 60));
        (await owner.Client.Post($"{Root}/listings", Samples.Form() with { Title = new(family) })).Is(Created);
        await Invalid(owner.Client, $"{Root}/listings", Samples.Form() with { Title = new(family + "字") }, "#/title", "field.too_long");
        await Invalid(owner.Client, $"{Root}/listings", Samples.Form() with { Title = new("题", new string('x', 61)) }, "#/title", "field.too_long");
        await Invalid(owner.Client, $"{Root}/listings", Samples.Form() with { Summary = new(new string('字', 501)) }, "#/summary", "field.too_long");
    }

    [Theory]
    [InlineData("cooperationModes", "[]", "field.required")]
    [InlineData("offers", "[]", "field.required")]
    [InlineData("offers", "null", "field.required")]
    [InlineData("message", "\"\"", "field.required")]
    public async Task An_interest_says_how_what_and_why(string member, string value, string code)
    {
        var need = await Publish(await market.Organisation());
        var body = JsonNode.Parse(JsonSerializer.Serialize(Samples.Answer, HttpJson.Options))!;
        body[member] = JsonNode.Parse(value);
        await Invalid((await market.Experts()).Client, $"{ListingAt(need)}/interests", body.ToJsonString(), $"#/{member}", code);
    }

    [Fact]
    [Requirement("M-09", "E-05")]
    public async Task A_resource_or_a_role_that_nobody_knows_is_refused()
    {
        var form = JsonNode.Parse(JsonSerializer.Serialize(Samples.Form(), HttpJson.Options))!;
        form["resourceKind"] = "time";
        await Invalid((await market.Organisation()).Client, $"{Root}/listings", form.ToJsonString(), "#/resourceKind", "field.unknown_code");
        var board = JsonNode.Parse(JsonSerializer.Serialize(Samples.Define(), HttpJson.Options))!;
        board["organisers"]![0]!["role"] = "friend";
        await Invalid(market.Officer, BoardAt(await market.App.KnowEdition()), board.ToJsonString(), "#/organisers/0/role", "field.unknown_code", HttpMethod.Put);
    }

    [Fact]
    public async Task Reasons_notes_and_periods_are_needed()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var need = await Publish(owner);
        var edition = await market.Edition();
        var posting = await market.Post(edition, need);
        var interest = await Answer(experts, need);
        await Invalid(owner.Client, $"{ListingAt(need)}/closure", "{}", "#/reason", "field.required");
        await Invalid(owner.Client, $"{ListingAt(need)}/closure", """{"reason":"bored"}""", "#/reason", "field.unknown_code");
        await Invalid(owner.Client, $"{interest}/decline", "{}", "#/reason", "field.required");
        await Invalid(market.Officer, $"{posting}/take-down", $$"""{"note":"{{new string('x', 501)}}"}""", "#/note", "field.too_long");
        await Invalid(market.Officer, $"{BoardAt(edition)}/postings", """{"from":"2023-03-01","until":"2023-03-02","rank":1}""", "#/listingId", "field.required");
        await Invalid(market.Officer, $"{BoardAt(edition)}/postings", Samples.Nominate(need, rank: 0), "#/rank", "field.out_of_range");
        (await market.Officer.Post($"{BoardAt(edition)}/postings", """{"from":"soon"}""")).IsRefused(BadRequest, "request.malformed");
        await Invalid(experts.Client, $"{ListingAt(need)}/interests", Samples.Answer with { Message = new string('x', 2001) }, "#/message", "field.too_long");
        await Invalid(market.Officer, BoardAt(edition), """{"name":{"zh":"榜"},"scope":"city","placements":["main_hall"]}""", "#/scope", "field.unknown_code", HttpMethod.Put);
        await Invalid(market.Officer, BoardAt(edition), """{"name":{"zh":"榜"},"scope":"expo","placements":[]}""", "#/placements", "field.required", HttpMethod.Put);
    }

    [Fact]
    public async Task What_is_not_there_is_unknown()
    {
        var (owner, nothing) = (await market.Organisation(), Guid.CreateVersion7());
        (await market.Visitor.Get(ListingAt(nothing))).IsRefused(NotFound, "listing.unknown");
        (await owner.Client.Post($"{ListingAt(nothing)}/publication")).IsRefused(NotFound, "listing.unknown");
        (await owner.Client.Get($"{ListingAt(nothing)}/interests")).IsRefused(NotFound, "listing.unknown");
        (await owner.Client.Get($"{ListingAt(nothing)}/history")).IsRefused(NotFound, "listing.unknown");
        (await owner.Client.Post($"{Root}/interests/{nothing}/acceptance")).IsRefused(NotFound, "interest.unknown");
        (await market.Visitor.Get($"{BoardAt(await market.Edition())}/postings/{nothing}")).IsRefused(NotFound, "posting.unknown");
        (await market.Visitor.Get($"{Root}/editions/nowhere/boards")).IsRefused(NotFound, "edition.unknown");
        (await market.Visitor.Get($"{Root}/listings/one")).IsRefused(NotFound, "route.unknown");
        (await market.Visitor.Get($"{Root}/listings?limit=0")).IsRefused(BadRequest, "request.malformed");
        (await market.Visitor.Get($"{Root}/listings?field=%00")).IsRefused(BadRequest, "request.malformed");
        (await owner.Client.Put(ListingAt(await Draft(owner)), Samples.Form() with { Confidentiality = Confidentiality.Confidential }))
            .IsRefused(UnprocessableEntity, "listing.confidential");
    }

    private static async Task Invalid(HttpClient caller, string path, object body, string pointer, string code, HttpMethod? method = null)
    {
        var answer = (await caller.Send(method ?? HttpMethod.Post, path, body)).IsRefused(UnprocessableEntity, "validation");
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }
}
