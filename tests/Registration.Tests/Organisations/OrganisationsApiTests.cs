using System.Net;
using Expo.Registration.Editions;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Organisations;

[Trait("needs", "postgres")]
public sealed class OrganisationsApiTests(RegistrationApp registration)
{
    private const string Organisations = Api + "/organisations";

    [Fact]
    [Requirement("R-09", "X-21")]
    public async Task An_organisation_is_registered_returned_changed_and_verified()
    {
        var owner = registration.App.Client(TestCaller.Somebody());
        var registered = (await owner.Post(Organisations, Organisation())).Is(HttpStatusCode.Created);
        var path = registered.Headers.Location!.ToString();
        Assert.Equal("submitted", registered.Json.GetProperty("state").GetString());

        (await registration.Officer.Post($"{path}/return", new { reason = "the name differs from the licence" })).Is(HttpStatusCode.NoContent);
        (await registration.Officer.Post($"{path}/verification")).IsRefused(HttpStatusCode.Conflict, "organisation.returned");
        Assert.Equal("the name differs from the licence", (await owner.Get(path)).Json.GetProperty("returnedBecause").GetString());

        var profile = new { name = new { zh = "新名称" }, kind = "university" };
        (await owner.Put($"{path}/profile", profile, ifMatch: 1)).IsRefused(HttpStatusCode.PreconditionFailed, "version.stale");
        (await owner.Put($"{path}/profile", profile, ifMatch: 2)).Is(HttpStatusCode.NoContent);
        (await registration.Officer.Post($"{path}/verification", ifMatch: 3)).Is(HttpStatusCode.NoContent);
        (await registration.Officer.Post($"{path}/verification")).Is(HttpStatusCode.NoContent);

        var seen = (await registration.Officer.Get(path)).Is(HttpStatusCode.OK);
        Assert.Equal(("verified", "新名称", 4L), (seen.Json.GetProperty("state").GetString(), seen.Json.GetProperty("name").GetProperty("zh").GetString(), seen.Version));
        var history = (await owner.Get($"{path}/history")).Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("event").GetString());
        Assert.Equal(["organisation_registered", "organisation_returned", "organisation_profile_changed", "organisation_verified"], history);
    }

    [Fact]
    [Requirement("R-09")]
    public async Task For_strangers_it_does_not_exist()
    {
        var path = (await registration.App.Client(TestCaller.Somebody()).Post(Organisations, Organisation())).Headers.Location!.ToString();
        var stranger = registration.App.Client(TestCaller.Organisation(Guid.CreateVersion7()));
        var profile = new { name = new { zh = "新名称" }, kind = "university" };

        (await stranger.Get(path)).IsRefused(HttpStatusCode.NotFound, "organisation.unknown");
        (await stranger.Get($"{path}/history")).IsRefused(HttpStatusCode.NotFound, "organisation.unknown");
        (await stranger.Put($"{path}/profile", profile)).IsRefused(HttpStatusCode.NotFound, "organisation.unknown");
        (await stranger.Post($"{path}/verification")).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await stranger.Get(Organisations)).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await registration.Nobody.Get(path)).IsRefused(HttpStatusCode.Unauthorized, "auth.required");
        (await registration.Officer.Get($"{Organisations}/{Guid.CreateVersion7()}")).IsRefused(HttpStatusCode.NotFound, "organisation.unknown");
    }

    [Fact]
    public async Task Registering_again_answers_the_same_and_one_account_has_one_organisation()
    {
        var owner = registration.App.Client(TestCaller.Somebody());
        var number = Fresh("HK");
        var first = (await owner.Post(Organisations, Organisation(number))).Is(HttpStatusCode.Created);
        var again = (await owner.Post(Organisations, Organisation(number.ToLowerInvariant()))).Is(HttpStatusCode.Created);
        Assert.Equal((first.Text, 1L), (again.Text, again.Version));
        (await owner.Post(Organisations, Organisation())).IsRefused(HttpStatusCode.Conflict, "account.has_organisation");
    }

    [Fact]
    public async Task One_account_that_registers_two_numbers_at_once_gets_one()
    {
        var owner = registration.App.Client(TestCaller.Somebody());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => owner.Post(Organisations, Organisation())));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.ServiceUnavailable]));
    }

    [Fact]
    public async Task A_repeat_with_the_same_idempotency_key_gets_the_same_answer()
    {
        var (owner, key, body) = (registration.App.Client(TestCaller.Somebody()), Http.NewKey(), Organisation());
        var first = (await owner.Post(Organisations, body, key)).Is(HttpStatusCode.Created);
        var again = (await owner.Post(Organisations, body, key)).Is(HttpStatusCode.Created);
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        (await owner.Post(Organisations, Organisation(), key)).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
    }

    [Fact]
    [Requirement("R-09")]
    public async Task The_committee_lists_by_state_page_by_page()
    {
        var path = (await registration.App.Client(TestCaller.Somebody()).Post(Organisations, Organisation())).Headers.Location!.ToString();
        (await registration.Officer.Post($"{path}/verification")).Is(HttpStatusCode.NoContent);
        await registration.App.Client(TestCaller.Somebody()).Post(Organisations, Organisation());

        var (ids, query) = (new List<string?>(), "?state=verified&limit=1");
        do
        {
            var page = (await registration.Officer.Get($"{Organisations}{query}")).Is(HttpStatusCode.OK).Json;
            Assert.All(page.GetProperty("items").EnumerateArray(), item => Assert.Equal("verified", item.GetProperty("state").GetString()));
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            query = page.GetProperty("nextCursor").GetString() is { } next ? $"?cursor={next}" : "";
        }
        while (query.Length > 0);
        Assert.Contains(path.Split('/')[^1], ids);
        Assert.Equal(ids.Distinct(), ids);
        (await registration.Officer.Get($"{Organisations}?state=lost")).IsRefused(HttpStatusCode.UnprocessableEntity, "validation");
    }

    [Theory]
    [InlineData("91350100M000100Y4Z", "organisation.number_invalid")]
    [InlineData("", "validation")]
    [InlineData("123456789012345678901234567890123456789012345678901", "validation")]
    public async Task A_number_that_cannot_be_one_is_refused(string number, string code)
    {
        var body = new { name = new { zh = "公司" }, registrationNumber = number, kind = "enterprise", province = "35" };
        (await registration.App.Client(TestCaller.Somebody()).Post(Organisations, body)).IsRefused(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task A_text_that_the_database_cannot_hold_is_a_malformed_request()
    {
        var owner = registration.App.Client(TestCaller.Somebody());
        (await owner.Post(Organisations, Organisation(name: "空\0字"))).IsRefused(HttpStatusCode.BadRequest, "request.malformed");
        (await owner.Post(Organisations, Organisation(number: "12\034"))).IsRefused(HttpStatusCode.BadRequest, "request.malformed");
        (await registration.Officer.Get($"{Organisations}?cursor=AAAA")).IsRefused(HttpStatusCode.BadRequest, "request.malformed");
    }

    [Fact]
    public async Task Of_two_hundred_who_register_one_number_at_two_instances_one_wins()
    {
        await using var second = await ServiceApp<Edition>.StartAsync(Setup with { Database = registration.App.Database });
        var number = Fresh("HK");
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            (i % 2 == 0 ? registration.App : second).Client(TestCaller.Somebody()).Post(Organisations, Organisation(number))));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Except([winner]), answer => answer.IsRefused(HttpStatusCode.Conflict, "organisation.number_taken"));
        Assert.Equal(1, (await registration.Officer.Get(winner.Headers.Location!.ToString())).Version);
    }
}
