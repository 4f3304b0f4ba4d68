using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Exhibition.Applications;
using Expo.Exhibition.Tests.Applications;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests;

[Trait("needs", "postgres")]
public sealed class BadInputTests(SharedFair shared)
{
    private readonly Fair fair = shared.Fair;

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"sections":"gba"}""")]
    [InlineData("""{"sections":["gba"],"areaM2":"36"}""")]
    [InlineData("""{"sections":["gba"],"surprise":1}""")]
    [InlineData("""{"sections":["gba"],"sections":["gba"]}""")]
    [InlineData("""{"agreementContact":"somebody"}""")]
    public async Task A_malformed_application_is_refused(string body)
    {
        var edition = await fair.Edition("A1");
        var exhibitor = fair.App.Client(await fair.Exhibitor());
        (await exhibitor.Post($"{Root(edition)}/booth-applications", body)).IsRefused(BadRequest, "request.malformed");
        Assert.Empty((await exhibitor.Get($"{Root(edition)}/booth-applications")).Read<Page<ListedApplication>>().Items);
    }

    [Theory]
    [InlineData("sections", "[]", "field.required")]
    [InlineData("sections", """["a","b","c","d"]""", "field.too_long")]
    [InlineData("sections", "[null]", "field.required")]
    [InlineData("kind", "null", "field.required")]
    [InlineData("kind", "\"tent\"", "field.unknown_code")]
    [InlineData("areaM2", "0", "field.out_of_range")]
    [InlineData("exhibits", """{"en":"Only English"}""", "field.too_long")]
    [InlineData("exhibits", "null", "field.required")]
    [InlineData("staffPasses", "101", "field.out_of_range")]
    [InlineData("invoiceTitle", "\"\"", "field.required")]
    [InlineData("taxNumber", "\"0123456789012345678901234567890123\"", "field.too_long")]
    [InlineData("agreementContact", "null", "field.required")]
    [InlineData("deliveryMode", "\"by_post\"", "field.unknown_code")]
    [Requirement("X-05", "E-10")]
    public async Task A_field_of_an_application_is_named_with_what_is_wrong(string member, string value, string code)
    {
        var edition = await fair.Edition("A1");
        var form = JsonNode.Parse(JsonSerializer.Serialize(Samples.Form(), HttpJson.Options))!;
        form[member] = JsonNode.Parse(value);
        await Invalid(fair.App.Client(await fair.Exhibitor()), $"{Root(edition)}/booth-applications", form.ToJsonString(), $"#/{member}", code);
    }

    [Fact]
    [Requirement("X-06")]
    public async Task A_confirmation_needs_a_booth_a_fee_and_a_day()
    {
        var paperwork = await Paperwork.Submitted(fair, await fair.Edition("A1"));
        var confirmation = $"{paperwork.Application}/confirmation";
        await Invalid(fair.Officer, confirmation, """{"fee":{"amount":"1","currency":"CNY"},"feeDueOn":"2023-03-20"}""", "#/boothId", "field.required");
        await Invalid(fair.Officer, confirmation, Body(fee: "null"), "#/fee", "field.required");
        await Invalid(fair.Officer, confirmation, Body("""{"amount":"-1","currency":"CNY"}"""), "#/fee/amount", "field.invalid");
        await Invalid(fair.Officer, confirmation, Body("""{"amount":"1","currency":"yuan"}"""), "#/fee/currency", "field.invalid");
        (await fair.Officer.Post(confirmation, Body("""{"amount":1,"currency":"CNY"}"""))).IsRefused(BadRequest, "request.malformed");
        (await fair.Officer.Post(confirmation, Body("""{"amount":"1","currency":"CNY"}""", "20 March"))).IsRefused(BadRequest, "request.malformed");
        (await fair.Officer.Post(confirmation, Body("""{"amount":"1","currency":"CNY"}""", "2023-02-28"))).IsRefused(UnprocessableEntity, "fee.due_in_past");
        Assert.Equal(["application_submitted"], await paperwork.History(paperwork.Application));

        static string Body(string fee, string dueOn = "2023-03-20") => $$"""{"boothId":"{{Guid.CreateVersion7()}}","fee":{{fee}},"feeDueOn":"{{dueOn}}"}""";
    }

    [Fact]
    public async Task Reasons_signatures_and_postings_are_needed_and_short()
    {
        var paperwork = await Paperwork.Confirmed(fair, await fair.Edition("A1"), "A1");
        await Invalid(fair.Officer, $"{paperwork.Application}/decline", "{}", "#/reason", "field.required");
        await Invalid(fair.Officer, $"{paperwork.Application}/change-request", $$"""{"reason":"{{new string('x', 501)}}"}""", "#/reason", "field.too_long");
        await Invalid(paperwork.Exhibitor, $"{paperwork.Agreement}/signature", "{}", "#/signerTitle", "field.required");
        await Invalid(paperwork.Exhibitor, $"{paperwork.Agreement}/posting", """{"carrier":"post"}""", "#/trackingNumber", "field.required");
        await Invalid(fair.Officer, $"{paperwork.Agreement}/receipt", "{}", "#/receivedOn", "field.required");
        await Invalid(fair.Finance, $"{paperwork.Agreement}/payment", """{"paidOn":"2023-03-01","reference":"B-1"}""", "#/paid", "field.required");
        (await fair.Officer.Post($"{paperwork.Agreement}/acceptance")).IsRefused(Conflict, "agreement.wrong_state");
        Assert.Equal(["agreement_generated", "fee_invoiced"], await paperwork.History(paperwork.Agreement));
    }

    [Fact]
    public async Task A_character_that_no_text_has_is_malformed()
    {
        var paperwork = await Paperwork.Submitted(fair, await fair.Edition("A1"));
        (await fair.Officer.Post($"{paperwork.Application}/decline", """{"reason":"a\u0000b"}""")).IsRefused(BadRequest, "request.malformed");
        (await fair.Officer.Get($"{Root(paperwork.Edition)}/booths?zone=%00")).IsRefused(BadRequest, "request.malformed");
        (await fair.Officer.Get($"{Root(paperwork.Edition)}/booths?cursor=AA")).IsRefused(BadRequest, "request.malformed");
    }

    [Theory]
    [InlineData("""{"pavilions":[null],"booths":[]}""")]
    [InlineData("""{"pavilions":[{"code":"a","name":{"zh":"馆"},"zones":[null]}],"booths":[null]}""")]
    [InlineData("""{"pavilions":[{"code":"a","name":{"zh":"馆"},"zones":[{"code":"b","name":{"zh":"区"},"sections":[null]}]}],"booths":[{"polygon":[null,null,[]]}]}""")]
    public async Task A_hole_in_a_list_of_a_plan_is_named(string plan)
    {
        var answer = (await fair.Officer.Put($"{Root(await fair.Edition())}/floor-plan", plan)).IsRefused(UnprocessableEntity, "validation");
        Assert.Contains(answer.Json.GetProperty("errors").EnumerateArray(), error => error.GetProperty("code").GetString() == "field.required");
    }

    [Fact]
    [Requirement("X-02")]
    public async Task An_area_is_the_governments_or_the_enterprises()
    {
        var path = $"{Root(await fair.Edition())}/floor-plan";
        var plan = JsonSerializer.Serialize(Samples.Plan(Samples.Booth("A1")), HttpJson.Options);
        await Invalid(fair.Officer, path, plan.Replace("\"government\"", "\"military\"", StringComparison.Ordinal), "#/pavilions/0/zones/0/areaKinds/0", "field.unknown_code", HttpMethod.Put);
        (await fair.Officer.Put(path, plan)).Is(NoContent);
        var areas = (await fair.App.Client().Get(path)).Is(OK).Json.GetProperty("pavilions")[0].GetProperty("zones")[0].GetProperty("areaKinds").EnumerateArray();
        Assert.Equal(["government", "enterprise"], areas.Select(area => area.GetString()));
    }

    [Fact]
    public async Task What_is_not_there_is_unknown()
    {
        var edition = await fair.Edition("A1");
        var nothing = Guid.CreateVersion7();
        var exhibitor = fair.App.Client(await fair.Exhibitor());
        (await exhibitor.Put($"{Root(edition)}/booth-applications/{nothing}", Samples.Form())).IsRefused(NotFound, "application.unknown");
        (await exhibitor.Post($"{Root(edition)}/agreements/{nothing}/signature", """{"signerTitle":"x"}""")).IsRefused(NotFound, "agreement.unknown");
        (await fair.Officer.Post($"{Root(edition)}/agreements/{nothing}/acceptance")).IsRefused(NotFound, "agreement.unknown");
        (await fair.App.Client().Get($"{Root(edition)}/booths/{nothing}")).IsRefused(NotFound, "booth.unknown");
        (await exhibitor.Get($"{Root(edition)}/booths/one")).IsRefused(NotFound, "route.unknown");
        (await fair.App.Client().Get($"{Root("nowhere")}/floor-plan")).IsRefused(NotFound, "edition.unknown");
    }

    [Fact]
    [Requirement("E-13", "X-12")]
    public async Task A_bad_plan_is_refused_and_leaves_no_trace()
    {
        var edition = await fair.Edition();
        var path = $"{Root(edition)}/floor-plan";
        await Invalid(fair.Officer, path, Samples.Plan(), "#/booths", "field.required", HttpMethod.Put);
        await Invalid(fair.Officer, path, Samples.Plan(Samples.Booth("A1", hall: "7")), "#/booths/0/hall", "field.unknown_code", HttpMethod.Put);
        await Invalid(fair.Officer, path, Samples.Plan(Samples.Booth("A1", area: 0)), "#/booths/0/areaM2", "field.out_of_range", HttpMethod.Put);
        var point = Samples.Booth("A1") with { Polygon = [[0, 0]] };
        await Invalid(fair.Officer, path, Samples.Plan(point), "#/booths/0/polygon", "field.required", HttpMethod.Put);
        (await fair.Officer.Put(path, Samples.Plan(Samples.Booth("A1"), Samples.Booth("A1")))).IsRefused(UnprocessableEntity, "floor_plan.booth_repeated");
        var nowhere = Samples.Booth("A1", zone: "nowhere", section: null);
        (await fair.Officer.Put(path, Samples.Plan(nowhere))).IsRefused(UnprocessableEntity, "floor_plan.zone_unknown");
        (await fair.App.Client().Get(path)).IsRefused(NotFound, "floor_plan.unknown");
    }

    private static async Task Invalid(HttpClient caller, string path, object body, string pointer, string code, HttpMethod? method = null)
    {
        var answer = (await caller.Send(method ?? HttpMethod.Post, path, body)).IsRefused(UnprocessableEntity, "validation");
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }
}
