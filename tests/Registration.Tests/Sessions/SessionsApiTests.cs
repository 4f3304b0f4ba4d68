using System.Net;
using Expo.Registration.Editions;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Sessions;

[Trait("needs", "postgres")]
public sealed class SessionsApiTests(RegistrationApp registration)
{
    private const string Sessions = Api + "/sessions";

    [Fact]
    [Requirement("R-01")]
    public async Task Signing_out_everywhere_ends_every_session_and_no_later_one()
    {
        var name = await Account();
        Answer[] open = [await SignIn(name), await SignIn(name), await SignIn(name)];
        var other = await SignIn(await Account());
        var owner = With(registration.Nobody, Text(open[0], "accessToken"));
        Assert.Equal(3, (await Listed(owner)).Count);

        (await registration.Nobody.Post($"{Sessions}/sign-out-everywhere")).IsRefused(HttpStatusCode.Unauthorized, "auth.required");
        (await owner.Post($"{Sessions}/sign-out-everywhere")).Is(HttpStatusCode.NoContent);
        Assert.Empty(await Listed(owner));
        foreach (var session in open)
            (await Refresh(session)).IsRefused(HttpStatusCode.Unauthorized, "session.revoked");
        (await Refresh(await SignIn(name))).Is(HttpStatusCode.OK);
        (await Refresh(other)).Is(HttpStatusCode.OK);
    }

    // Whatever the order in which they reach the database: what was opened before is over, what was opened after is not.
    [Fact]
    public async Task A_session_opened_at_the_same_time_is_either_over_or_later()
    {
        var name = await Account();
        var owner = With(registration.Nobody, Text(await SignIn(name), "accessToken"));
        Task<Answer>[] opening = [SignIn(name), SignIn(name)];
        (await owner.Post($"{Sessions}/sign-out-everywhere")).Is(HttpStatusCode.NoContent);
        var open = await Task.WhenAll(opening);
        var listed = await Listed(owner);
        foreach (var session in open)
        {
            var alive = (await Refresh(session)).Status == HttpStatusCode.OK;
            Assert.Equal(alive, listed.Contains(new Guid(System.Buffers.Text.Base64Url.DecodeFromChars(Text(session, "refreshToken")).AsSpan(0, 16))));
        }
    }

    [Fact]
    public async Task Of_many_who_refresh_one_token_at_once_all_get_the_same_next_one()
    {
        var session = await SignIn(await Account());
        await using var second = await ServiceApp<Edition>.StartAsync(Setup with { Database = registration.App.Database });
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? registration.Nobody : second.Client()).Post($"{Sessions}/refresh", Token(session))));
        Assert.All(answers, answer => answer.Is(HttpStatusCode.OK));
        var next = Assert.Single(answers.Select(answer => Text(answer, "refreshToken")).Distinct());
        Assert.NotEqual(Text(session, "refreshToken"), next);
        (await Refresh(answers[0])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_half_a_minute_a_used_token_ends_the_session()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var app = await ServiceApp<Edition>.StartAsync(Setup with { Clock = clock });
        var first = (await app.Client().Post(Sessions, Credentials("committee", CommitteePassword))).Is(HttpStatusCode.OK);
        var next = (await app.Client().Post($"{Sessions}/refresh", Token(first))).Is(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(29));
        (await app.Client().Post($"{Sessions}/refresh", Token(first))).Is(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await app.Client().Post($"{Sessions}/refresh", Token(first))).IsRefused(HttpStatusCode.Unauthorized, "session.revoked");
        (await app.Client().Post($"{Sessions}/refresh", Token(next))).IsRefused(HttpStatusCode.Unauthorized, "session.revoked");
    }

    [Fact]
    public async Task The_list_says_when_and_not_from_where()
    {
        var session = await SignIn(await Account());
        var owner = With(registration.Nobody, Text(session, "accessToken"));
        (await Refresh(session)).Is(HttpStatusCode.OK);
        var listed = Assert.Single((await owner.Get(Sessions)).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(["id", "openedAt", "refreshedAt", "endsAt"], listed.EnumerateObject().Select(member => member.Name));
        Assert.Equal(TimeSpan.FromHours(12), listed.GetProperty("endsAt").GetDateTimeOffset() - listed.GetProperty("openedAt").GetDateTimeOffset());
        (await registration.Nobody.Post($"{Sessions}/sign-out", Token(session))).Is(HttpStatusCode.NoContent);
        Assert.Empty(await Listed(owner));
    }

    private static string Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString()!;

    private static object Token(Answer signedIn) => new { refreshToken = Text(signedIn, "refreshToken") };

    private static async Task<IReadOnlyList<Guid>> Listed(HttpClient owner) =>
        (await owner.Get(Sessions)).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(session => session.GetProperty("id").GetGuid()).ToArray();

    private async Task<string> Account()
    {
        var name = Fresh("sessions_");
        (await registration.Nobody.Post($"{Api}/accounts", new { username = name, password = "a good long password", registrantKind = "individual" })).Is(HttpStatusCode.Created);
        return name;
    }

    private async Task<Answer> SignIn(string name) => (await registration.Nobody.Post(Sessions, Credentials(name))).Is(HttpStatusCode.OK);

    private Task<Answer> Refresh(Answer session) => registration.Nobody.Post($"{Sessions}/refresh", Token(session));
}
