using System.Text.Json;
using Expo.Recruitment.Fairs;
using Expo.Recruitment.Jobs;
using Expo.TestKit;
using static Expo.Recruitment.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests.Fairs;

[Trait("needs", "postgres")]
public sealed class FairsApiTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact, Requirement("J-01", "J-02", "J-11")]
    public async Task The_four_fairs_of_the_expo_are_defined_wholly_and_shown_to_everybody()
    {
        var edition = await market.Edition();
        var list = (await market.Visitor.Get($"{Root}/editions/{edition}/fairs")).Is(OK).Read<Page<ListedFair>>();
        Assert.Equal(["elite", "foreign_professionals", "returnees", "zhihui_global"], list.Items.Select(fair => fair.Code));
        foreach (var fair in list.Items)
        {
            Assert.True(Fixture.Fairs[fair.Code].Says(fair.Definition));
            Assert.True(Fixture.Fairs[fair.Code].Says((await market.Visitor.Get(FairAt(edition, fair.Code))).Is(OK).Read<ListedFair>().Definition));
        }

        var elite = (await market.Visitor.Get(FairAt(edition, "elite"))).Json.GetProperty("definition").GetProperty("minAnnualSalary");
        Assert.Equal("""{"threshold":{"amount":"200000","currency":"CNY"},"operator":"above","end":"min"}""", elite.GetRawText());
        var page = (await market.Visitor.Get($"{Root}/editions/{edition}/fairs?limit=3")).Read<Page<ListedFair>>();
        Assert.Single((await market.Visitor.Get($"{Root}/editions/{edition}/fairs?cursor={Uri.EscapeDataString(page.NextCursor!)}")).Read<Page<ListedFair>>().Items);
    }

    [Fact, Requirement("J-01")]
    public async Task A_fair_is_put_again_without_a_new_fact_and_changed_only_from_what_was_seen()
    {
        var edition = await market.Edition();
        var fair = (await market.Officer.Get(FairAt(edition, "elite"))).Is(OK);
        Assert.Equal(1, fair.Version);
        (await market.Officer.Put(FairAt(edition, "elite"), Fixture.Fairs["elite"], ifMatch: 1)).Is(NoContent);
        var changed = Fixture.Fairs["elite"] with { Services = null };
        Assert.Equal(2, (await market.Officer.Put(FairAt(edition, "elite"), changed, ifMatch: 1)).Is(NoContent).Version);
        (await market.Officer.Put(FairAt(edition, "elite"), Fixture.Fairs["elite"], ifMatch: 1)).IsRefused(PreconditionFailed, "version.stale");
        var history = (await market.Officer.Get($"{Root}/editions/{edition}/fairs/{fair.Json.GetProperty("id").GetGuid()}/history")).Is(OK);
        Assert.Equal(["fair_defined", "fair_defined"], history.Json.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()));
    }

    [Fact, Requirement("J-01")]
    public async Task Only_the_committee_defines_a_fair_of_an_edition_that_exists()
    {
        var edition = await market.Edition();
        (await market.Visitor.Put(FairAt(edition, "elite"), Fixture.Fairs["elite"])).Is(Unauthorized);
        (await (await market.Hired()).Client.Put(FairAt(edition, "elite"), Fixture.Fairs["elite"])).Is(Forbidden);
        (await market.Officer.Put(FairAt("nowhere", "elite"), Fixture.Fairs["elite"])).IsRefused(NotFound, "edition.unknown");
        (await market.Visitor.Get(FairAt(edition, "nothing"))).IsRefused(NotFound, "fair.unknown");
        (await market.Visitor.Get($"{FairAt(edition, "nothing")}/jobs")).IsRefused(NotFound, "fair.unknown");
        (await market.Officer.Get($"{Root}/editions/{edition}/fairs/{Guid.CreateVersion7()}/history")).IsRefused(NotFound, "fair.unknown");
    }

    [Theory, Requirement("J-01", "J-02")]
    [InlineData("name", "null", "#/name", "field.required")]
    [InlineData("audiences", "[]", "#/audiences", "field.required")]
    [InlineData("audiences", """["everybody"]""", "#/audiences/0", "field.unknown_code")]
    [InlineData("minAnnualSalary", """{"threshold":{"amount":"a lot","currency":"CNY"},"operator":"above","end":"min"}""", "#/minAnnualSalary/threshold/amount", "field.invalid")]
    [InlineData("minAnnualSalary", """{"threshold":{"amount":"1","currency":"CNY"},"end":"min"}""", "#/minAnnualSalary/operator", "field.required")]
    [InlineData("areas", """{"openEnded":true,"items":[{"code":null}]}""", "#/areas/items/0/code", "field.required")]
    [InlineData("industries", """{"openEnded":true,"items":[{"code":"circus"}]}""", "#/industries/items/0/code", "field.unknown_code")]
    [InlineData("industries", """{"openEnded":false,"items":[]}""", "#/industries/items", "field.required")]
    [InlineData("areas", """{"openEnded":false,"items":[]}""", "#/areas/items", "field.required")]
    [InlineData("minAnnualSalary", """{"threshold":{"amount":"0","currency":"CNY"},"operator":"above","end":"min"}""", "#/minAnnualSalary/threshold/amount", "field.out_of_range")]
    [InlineData("services", """{"openEnded":true,"items":[{"en":"Only English"}]}""", "#/services/items/0", "field.too_long")]
    [InlineData("formats", """[{"format":"onsite_session","provinces":["44","Guangdong"]}]""", "#/formats/0/provinces/1", "field.invalid")]
    public async Task A_field_of_a_fair_is_named_with_what_is_wrong(string member, string value, string pointer, string code)
    {
        var edition = await market.App.KnowEdition();
        var body = JsonSerializer.SerializeToNode(Fixture.Fairs["elite"], HttpJson.Options)!;
        body[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
        var error = Assert.Single(
            (await market.Officer.Put(FairAt(edition, "elite"), body.ToJsonString())).IsRefused(UnprocessableEntity, "validation").Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        (await market.Officer.Put(FairAt(edition, "Élite!"), Fixture.Fairs["elite"])).IsRefused(UnprocessableEntity, "validation");
    }

    [Fact, Requirement("J-03")]
    public async Task A_lower_threshold_counts_from_the_next_put_of_a_job()
    {
        var edition = await market.Edition();
        var hired = await market.Hired();
        var job = Samples.Advert("10000") with { Edition = edition };
        Assert.Equal(FairEntryState.Refused, Assert.Single((await hired.Client.Put($"{PartnerJobs}/J-1", job)).Is(Created).Read<PostedJob>().Fairs).State);

        var rule = Fixture.Fairs["elite"].MinAnnualSalary! with { Threshold = new("100000", "CNY") };
        (await market.Officer.Put(FairAt(edition, "elite"), Fixture.Fairs["elite"] with { MinAnnualSalary = rule })).Is(NoContent);
        Assert.Empty((await market.Visitor.Get($"{FairAt(edition, "elite")}/jobs")).Read<Page<ListedJob>>().Items);

        var again = (await hired.Client.Put($"{PartnerJobs}/J-1", job)).Is(OK).Read<PostedJob>();
        Assert.Equal((PostOutcome.Updated, FairEntryState.Accepted), (again.Outcome, Assert.Single(again.Fairs).State));
        var jobs = (await market.Visitor.Get($"{FairAt(edition, "elite")}/jobs")).Is(OK);
        Assert.Single(jobs.Read<Page<ListedJob>>().Items);
        Assert.Null(jobs.Version); // a list has no version; the fair's would not change with it
    }
}
