using System.Net;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Editions;

[Trait("needs", "postgres")]
public sealed class EditionsApiTests(RegistrationApp registration)
{
    [Fact]
    [Requirement("E-01", "E-05")]
    public async Task An_announced_edition_is_there_for_everybody()
    {
        var code = Fresh("ed_");
        var announced = (await registration.Officer.Post($"{Api}/editions", Edition(code))).Is(HttpStatusCode.Created);
        Assert.EndsWith($"/editions/{code}", announced.Headers.Location!.ToString(), StringComparison.Ordinal);

        var seen = (await registration.Nobody.Get($"{Api}/editions/{code}")).Is(HttpStatusCode.OK);
        Assert.Equal(announced.Json.GetRawText(), seen.Json.GetRawText());
        Assert.Equal(1, seen.Version);
        Assert.Equal("edition_only", seen.Json.GetProperty("availability").GetString());
        Assert.Equal(3, seen.Json.GetProperty("passesPerBooth").GetInt32());
        Assert.Contains(code, (await registration.Nobody.Get($"{Api}/editions?limit=200")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_announcement_is_answered_the_same_and_another_is_a_conflict()
    {
        var code = Fresh("ed_");
        var first = await registration.Officer.Post($"{Api}/editions", Edition(code));
        var again = (await registration.Officer.Post($"{Api}/editions", Edition(code))).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(1, again.Version);
        (await registration.Officer.Post($"{Api}/editions", Edition(code, "2099-04-17"))).IsRefused(HttpStatusCode.Conflict, "edition.announced");
    }

    [Fact]
    public async Task A_moved_deadline_shows_with_who_and_when_in_the_history()
    {
        var officer = TestCaller.Officer;
        var client = registration.App.Client(officer);
        var code = await registration.AnnouncedEdition();
        var move = new { date = "2099-03-31", reason = "the hall is late" };

        (await client.Put($"{Api}/editions/{code}/deadlines/booth_application", move, ifMatch: 1)).Is(HttpStatusCode.NoContent);
        (await client.Put($"{Api}/editions/{code}/deadlines/booth_application", new { date = "2099-04-01", reason = "later" }, ifMatch: 1))
            .IsRefused(HttpStatusCode.PreconditionFailed, "version.stale");
        (await client.Put($"{Api}/editions/{code}/deadlines/forum_proposal", move)).IsRefused(HttpStatusCode.UnprocessableEntity, "deadline.passed");
        (await client.Put($"{Api}/editions/{code}/deadlines/lunch", move)).IsRefused(HttpStatusCode.NotFound, "deadline.unknown");
        (await client.Put($"{Api}/editions/no_such/deadlines/lunch", move)).IsRefused(HttpStatusCode.NotFound, "edition.unknown");

        var edition = await client.Get($"{Api}/editions/{code}");
        Assert.Equal("2099-03-31", edition.Json.GetProperty("deadlines")[0].GetProperty("date").GetString());
        var history = (await client.Get($"{Api}/editions/{edition.Json.GetProperty("id").GetString()}/history")).Is(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.Equal(["edition_announced", "deadline_moved"], history.EnumerateArray().Select(e => e.GetProperty("event").GetString()));
        Assert.Equal(officer.AccountId.ToString(), history[1].GetProperty("actor").GetString());
        Assert.Equal(code, history[0].GetProperty("edition").GetString());
    }

    [Theory]
    [InlineData("""{"code":"ed_x",""", 400, "request.malformed")]
    [InlineData("""{"code":"ed_x","colour":"red"}""", 400, "request.malformed")]
    [InlineData("""{"code":"ed_x","code":"ed_y"}""", 400, "request.malformed")]
    [InlineData("""{"code":"ed_x","number":"21"}""", 400, "request.malformed")]
    [InlineData("""{"code":"ed_x","deliveryMode":"by_air"}""", 422, "validation")]
    [InlineData("""{"code":"Ed X","number":0,"year":2099,"deliveryMode":"onsite","name":{"zh":"大会"},"openDays":["2099-04-15"]}""", 422, "validation")]
    [InlineData("""{"code":"ed_x","number":1,"year":2099,"deliveryMode":"onsite","name":{"en":"Expo"},"openDays":["2099-04-15"]}""", 422, "validation")]
    [InlineData("""{"code":"ed_x","number":1,"year":2099,"deliveryMode":"onsite","name":{"zh":"大会"},"openDays":[]}""", 422, "validation")]
    [InlineData("""{"code":"ed_x","number":1,"year":2099,"deliveryMode":"onsite","name":{"zh":"大会"},"openDays":["2099-02-30"]}""", 400, "request.malformed")]
    [Requirement("E-01")]
    public async Task What_is_no_edition_is_refused_and_not_written(string body, int status, string code)
    {
        (await registration.Officer.Post($"{Api}/editions", body)).IsRefused((HttpStatusCode)status, code);
        (await registration.Nobody.Get($"{Api}/editions/ed_x")).IsRefused(HttpStatusCode.NotFound, "edition.unknown");
    }

    [Fact]
    public async Task Only_an_officer_announces()
    {
        (await registration.Nobody.Post($"{Api}/editions", Edition("ed_x"))).IsRefused(HttpStatusCode.Unauthorized, "auth.required");
        (await registration.App.Client(TestCaller.Gate).Post($"{Api}/editions", Edition("ed_x"))).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
    }
}
