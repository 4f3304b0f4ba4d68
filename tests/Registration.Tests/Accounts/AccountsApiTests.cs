using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Expo.Registration.Editions;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Accounts;

[Trait("needs", "postgres")]
public sealed class AccountsApiTests(RegistrationApp registration)
{
    private const string Accounts = Api + "/accounts";
    private const string Sessions = Api + "/sessions";

    [Fact]
    [Requirement("R-01", "R-02", "R-03")]
    public async Task Somebody_signs_up_signs_in_gets_a_role_and_an_organisation()
    {
        var name = Fresh("Mei_");
        var account = (await registration.Nobody.Post(Accounts, SignUp(name))).Is(HttpStatusCode.Created).Json.GetProperty("accountId").GetString();
        var signedIn = await SignIn(name.ToUpperInvariant());
        var client = With(registration.Nobody, AccessToken(signedIn));

        var me = (await client.Get($"{Accounts}/me")).Is(HttpStatusCode.OK);
        Assert.Equal("no-store", me.Headers.CacheControl!.ToString());
        Assert.Equal((account, name.ToLowerInvariant(), "individual"), (Text(me, "id"), Text(me, "username"), Text(me, "registrantKind")));

        var organisation = (await client.Post($"{Api}/organisations", Organisation())).Is(HttpStatusCode.Created).Json.GetProperty("id").GetString();
        var committee = With(registration.Nobody, AccessToken(await SignIn("committee", CommitteePassword)));
        (await committee.Put($"{Accounts}/{account}/roles/gate_staff")).Is(HttpStatusCode.NoContent);
        (await committee.Put($"{Accounts}/{account}/roles/emperor")).IsRefused(HttpStatusCode.NotFound, "role.unknown");
        (await committee.Put($"{Accounts}/{Guid.CreateVersion7()}/roles/gate_staff")).IsRefused(HttpStatusCode.NotFound, "account.unknown");
        (await client.Put($"{Accounts}/{account}/roles/committee_officer")).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");

        var next = Claims(await Refresh(signedIn));
        Assert.Equal(organisation, next.GetProperty("org").GetString());
        Assert.Equal(["gate_staff", "organisation_administrator"], next.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task An_access_token_says_ids_and_roles_and_nothing_else()
    {
        var token = AccessToken(await SignIn("committee", CommitteePassword));
        var header = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[0]));
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[1]));
        Assert.Equal(("ES256", "at+jwt"), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        Assert.Equal(["iss", "aud", "sub", "roles", "iat", "exp", "jti"], claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(("expo-registration", "expo"), (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal(300, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        var published = (await registration.Nobody.Get("/.well-known/jwks.json")).Is(HttpStatusCode.OK).Json.GetProperty("keys").EnumerateArray();
        Assert.Contains(published, key => key.GetProperty("kid").GetString() == header.GetProperty("kid").GetString()
            && key is var k && k.GetProperty("use").GetString() == "sig" && k.GetProperty("alg").GetString() == "ES256");
    }

    [Fact]
    public async Task The_operations_desk_is_there_from_the_first_start_and_keeps_its_password()
    {
        var setup = Setup with { Database = await Database.CreateAsync("desk") };
        for (var start = 1; start <= 2; start++)
        {
            await using var app = await ServiceApp<Edition>.StartAsync(setup with
            {
                Settings = new Dictionary<string, string> { ["Operations:Password"] = $"the desk's password of start {start}" },
            });
            Task<Answer> SignIn(string password) => app.Client().Post(Sessions, Credentials("operations", password));

            var claims = Claims((await SignIn("the desk's password of start 1")).Is(HttpStatusCode.OK));
            Assert.Equal(["operator"], claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
            (await SignIn("the desk's password of start 2")).IsRefused(HttpStatusCode.Unauthorized, "login.failed");
            (await app.Client().Post(Sessions, Credentials("committee", CommitteePassword))).IsRefused(HttpStatusCode.Unauthorized, "login.failed");
        }
    }

    [Fact]
    [Requirement("R-03")]
    public async Task A_name_is_taken_however_it_is_written()
    {
        (await registration.Nobody.Post(Accounts, SignUp("committee"))).IsRefused(HttpStatusCode.Conflict, "account.username_taken");
        (await registration.Nobody.Post(Accounts, SignUp("ＣＯＭＭＩＴＴＥＥ"))).IsRefused(HttpStatusCode.Conflict, "account.username_taken");
    }

    [Theory]
    [InlineData("abc", "a good long password", "individual", "validation")]
    [InlineData("two words", "a good long password", "individual", "validation")]
    [InlineData("long_enough", "short", "individual", "validation")]
    [InlineData("long_enough", "PASSWORD123", "individual", "password.common")]
    [InlineData("long_enough", "a good long password", "emperor", "validation")]
    [Requirement("R-02", "R-03")]
    public async Task What_is_no_account_is_refused(string username, string password, string registrantKind, string code) =>
        (await registration.Nobody.Post(Accounts, new { username, password, registrantKind })).IsRefused(HttpStatusCode.UnprocessableEntity, code);

    [Fact]
    [Requirement("R-03")]
    public async Task Nobody_learns_whether_a_name_exists_and_guessing_gets_slow()
    {
        var name = Fresh("nobody_");
        for (var i = 0; i < 5; i++)
            (await registration.Nobody.Post(Sessions, Credentials(name))).IsRefused(HttpStatusCode.Unauthorized, "login.failed");
        var delayed = (await registration.Nobody.Post(Sessions, Credentials(name))).IsRefused(HttpStatusCode.TooManyRequests, "login.delayed");
        Assert.InRange(delayed.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        (await registration.Nobody.Post(Sessions, Credentials("committee", "not the password"))).IsRefused(HttpStatusCode.Unauthorized, "login.failed");
    }

    [Fact]
    [Requirement("R-01")]
    public async Task A_refresh_token_counts_once_and_its_reuse_ends_the_session()
    {
        var first = await SignIn("committee", CommitteePassword);
        var key = Http.NewKey();
        var second = (await registration.Nobody.Post($"{Sessions}/refresh", Token(first), key)).Is(HttpStatusCode.OK);
        Assert.Equal(second.Text, (await registration.Nobody.Post($"{Sessions}/refresh", Token(first), key)).Is(HttpStatusCode.OK).Text);

        var third = await Refresh(second);
        (await registration.Nobody.Post($"{Sessions}/refresh", Token(first))).IsRefused(HttpStatusCode.Unauthorized, "session.revoked");
        (await registration.Nobody.Post($"{Sessions}/refresh", Token(third))).IsRefused(HttpStatusCode.Unauthorized, "session.revoked");
        (await registration.Nobody.Post($"{Sessions}/refresh", new { refreshToken = "guess" })).IsRefused(HttpStatusCode.Unauthorized, "session.revoked");
    }

    [Fact]
    [Requirement("R-01")]
    public async Task After_signing_out_the_session_is_over()
    {
        var signedIn = await SignIn("committee", CommitteePassword);
        (await registration.Nobody.Post($"{Sessions}/sign-out", Token(signedIn))).Is(HttpStatusCode.NoContent);
        (await registration.Nobody.Post($"{Sessions}/sign-out", Token(signedIn))).Is(HttpStatusCode.NoContent);
        (await registration.Nobody.Post($"{Sessions}/refresh", Token(signedIn))).IsRefused(HttpStatusCode.Unauthorized, "session.revoked");
    }

    [Fact]
    [Requirement("R-01")]
    public async Task A_role_that_is_taken_away_is_not_in_the_next_token()
    {
        var name = Fresh("guard_");
        var account = (await registration.Nobody.Post(Accounts, SignUp(name))).Json.GetProperty("accountId").GetString();
        (await registration.Officer.Put($"{Accounts}/{account}/roles/gate_staff")).Is(HttpStatusCode.NoContent);
        var signedIn = await SignIn(name);
        Assert.Equal("gate_staff", Assert.Single(Claims(signedIn).GetProperty("roles").EnumerateArray()).GetString());
        (await registration.Officer.Delete($"{Accounts}/{account}/roles/gate_staff")).Is(HttpStatusCode.NoContent);
        Assert.Empty(Claims(await Refresh(signedIn)).GetProperty("roles").EnumerateArray());
    }

    [Fact]
    public async Task Neither_name_nor_password_nor_token_is_stored_in_clear()
    {
        var name = Fresh("secretive_");
        await registration.Nobody.Post(Accounts, SignUp(name), Http.NewKey());
        var signedIn = (await registration.Nobody.Post(Sessions, Credentials(name), Http.NewKey())).Is(HttpStatusCode.OK);
        foreach (var secret in (string[])[name, "a good long password", Text(signedIn, "refreshToken")!, AccessToken(signedIn)])
        {
            foreach (var table in await registration.App.Database.Tables())
                Assert.Equal(0L, await registration.App.Database.Ask<long>($"select count(*) from {table} t where t::text ilike '%' || $1 || '%'", secret));
        }
    }

    private static object SignUp(string username) => new { username, password = "a good long password", registrantKind = "individual" };

    private static object Token(Answer signedIn) => new { refreshToken = Text(signedIn, "refreshToken") };

    private static string? Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString();

    private static string AccessToken(Answer signedIn) => Text(signedIn, "accessToken")!;

    private static JsonElement Claims(Answer signedIn) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(AccessToken(signedIn).Split('.')[1]));

    private async Task<Answer> SignIn(string name, string password = "a good long password") =>
        (await registration.Nobody.Post(Sessions, Credentials(name, password))).Is(HttpStatusCode.OK);

    private async Task<Answer> Refresh(Answer signedIn) => (await registration.Nobody.Post($"{Sessions}/refresh", Token(signedIn))).Is(HttpStatusCode.OK);
}
