using System.Net;
using Expo.Registration.Tests.Passes;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.People;

[Trait("needs", "postgres")]
public sealed class PeopleApiTests(RegistrationApp registration)
{
    [Fact]
    public async Task A_person_is_read_back_by_their_organisation_and_the_committee_only()
    {
        var exhibitor = await Exhibitor.In(registration);
        var path = $"{Api}/people/{await exhibitor.Person()}";
        foreach (var client in (HttpClient[])[exhibitor.Client, registration.Officer])
        {
            var seen = (await client.Get(path)).Is(HttpStatusCode.OK);
            Assert.Equal("no-store", seen.Headers.CacheControl!.ToString());
            Assert.Equal(
                ("测试丁", "Test D", "000 5550 0100", "someone@example.org", "经理"),
                (Text(seen, "nameZh"), Text(seen, "nameEn"), Text(seen, "phone"), Text(seen, "email"), Text(seen, "title")));
        }

        var stranger = (await Exhibitor.In(registration)).Client;
        (await stranger.Get(path)).IsRefused(HttpStatusCode.NotFound, "person.unknown");
        (await stranger.Get($"{path}/history")).IsRefused(HttpStatusCode.NotFound, "person.unknown");
        Assert.Empty((await stranger.Get($"{Api}/people")).Json.GetProperty("items").EnumerateArray());
        Assert.Single((await exhibitor.Client.Get($"{Api}/people")).Json.GetProperty("items").EnumerateArray());
        Assert.Single((await registration.Officer.Get($"{Api}/people?organisation={exhibitor.OrganisationId}")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Nothing_about_a_person_is_stored_in_clear()
    {
        var exhibitor = await Exhibitor.In(registration);
        (await exhibitor.Client.Post($"{Api}/people", new { nameZh = "测试彗星", nameEn = "Test Huixing", email = "comet@example.org" }, Http.NewKey())).Is(HttpStatusCode.Created);
        foreach (var table in await registration.App.Database.Tables())
        {
            foreach (var personal in (string[])["测试彗星", "Huixing", "comet@example", "\\u5f57\\u661f"])
                Assert.Equal(0L, await registration.App.Database.Ask<long>($"select count(*) from {table} t where position($1 in t::text) > 0", personal));
        }
    }

    [Fact]
    public async Task Only_ones_own_people_are_named_as_booth_staff()
    {
        var (one, other) = (await Exhibitor.In(registration), await Exhibitor.In(registration));
        (await one.Name(await other.Person())).IsRefused(HttpStatusCode.NotFound, "person.unknown");
        (await one.Client.Post($"{Api}/editions/no_such/booth-staff", new { personId = await one.Person() })).IsRefused(HttpStatusCode.NotFound, "edition.unknown");
        (await one.Client.Get(one.Staff)).IsRefused(HttpStatusCode.NotFound, "booth_staff.unknown");
    }

    [Theory]
    [InlineData("""{"title":"经理"}""", 422, "validation")]
    [InlineData("""{"nameZh":"测试丁","phone":"call me"}""", 422, "validation")]
    [InlineData("""{"nameZh":"测试丁","email":"nobody"}""", 422, "validation")]
    [InlineData("""{"nameZh":7}""", 400, "request.malformed")]
    [InlineData("""{"nameZh":"测试丁","age":40}""", 400, "request.malformed")]
    [InlineData("""{"nameZh":"\ud800"}""", 400, "request.malformed")]
    public async Task What_is_no_person_is_refused(string body, int status, string code) =>
        (await (await Exhibitor.In(registration, "any")).Client.Post($"{Api}/people", body)).IsRefused((HttpStatusCode)status, code);

    [Fact]
    public async Task Without_an_organisation_nobody_is_added()
    {
        var body = new { nameZh = "测试丁" };
        (await registration.App.Client(TestCaller.Somebody("organisation_administrator")).Post($"{Api}/people", body)).IsRefused(HttpStatusCode.Forbidden, "organisation.required");
        (await registration.App.Client(TestCaller.Gate).Post($"{Api}/people", body)).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    private static string? Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString();
}
