using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.ApiClients;

[Trait("needs", "postgres")]
public sealed class ApiClientsApiTests(RegistrationApp registration)
{
    private const string Token = Api + "/oauth/token";

    [Fact]
    [Requirement("J-15", "X-25")]
    public async Task An_agency_lets_a_program_in_and_rotates_its_secret()
    {
        var (agency, owner) = await Agency();
        var created = (await owner.Post($"{Api}/organisations/{agency}/api-clients", Client())).Is(HttpStatusCode.Created);
        var (client, first) = (Text(created, "clientId"), Text(created, "clientSecret"));
        Assert.Equal("no-store", created.Headers.CacheControl!.ToString());
        Assert.Equal($"{Api}/api-clients/{client}", created.Headers.Location!.ToString());

        var token = (await Ask(client, first)).Is(HttpStatusCode.OK);
        Assert.Equal("no-store", token.Headers.CacheControl!.ToString());
        Assert.Equal(("Bearer", 300, "jobs:write jobs:read"), (Text(token, "token_type"), token.Json.GetProperty("expires_in").GetInt32(), Text(token, "scope")));
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(Text(token, "access_token").Split('.')[1]));
        Assert.Equal(["iss", "aud", "sub", "org", "client_id", "scope", "iat", "exp", "jti"], claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal((client, client, agency.ToString()), (Claim("sub"), Claim("client_id"), Claim("org")));
        Assert.Equal("jobs:read", Text((await Ask(client, first, scope: "jobs:read")).Is(HttpStatusCode.OK), "scope"));

        var second = (await owner.Post($"{Api}/api-clients/{client}/secrets")).Is(HttpStatusCode.Created);
        (await owner.Post($"{Api}/api-clients/{client}/secrets")).IsRefused(HttpStatusCode.Conflict, "apiclient.secret_limit");
        (await Ask(client, Text(second, "clientSecret"))).Is(HttpStatusCode.OK);
        (await Ask(client, first)).Is(HttpStatusCode.OK);
        (await owner.Delete($"{Api}/api-clients/{client}/secrets/{Text(created, "secretId")}")).Is(HttpStatusCode.NoContent);
        (await Ask(client, first)).IsRefused(HttpStatusCode.Unauthorized, "oauth.invalid_client");
        (await Ask(client, Text(second, "clientSecret"))).Is(HttpStatusCode.OK);

        var seen = (await owner.Get($"{Api}/api-clients/{client}")).Is(HttpStatusCode.OK);
        Assert.Equal(Text(second, "secretId"), Assert.Single(seen.Json.GetProperty("secrets").EnumerateArray()).GetProperty("secretId").GetString());
        Assert.Equal(("headhunter", "active", 4L), (Text(seen, "agencyKind"), Text(seen, "state"), seen.Version));
        var listed = (await owner.Get($"{Api}/organisations/{agency}/api-clients")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray();
        Assert.Equal(client, Assert.Single(listed).GetProperty("clientId").GetString());
        Assert.Equal(4, (await owner.Get($"{Api}/api-clients/{client}/history")).Is(HttpStatusCode.OK).Json.GetProperty("items").GetArrayLength());

        string? Claim(string name) => claims.GetProperty(name).GetString();
    }

    [Fact]
    [Requirement("J-15")]
    public async Task Only_a_verified_agency_lets_programs_in()
    {
        var (agency, owner) = await Agency(verified: false);
        (await owner.Post($"{Api}/organisations/{agency}/api-clients", Client())).IsRefused(HttpStatusCode.Conflict, "organisation.not_verified");
        var (other, exhibitor) = await Agency(kind: "enterprise");
        (await exhibitor.Post($"{Api}/organisations/{other}/api-clients", Client())).IsRefused(HttpStatusCode.Conflict, "apiclient.agency_only");
        (await registration.Officer.Post($"{Api}/organisations/{Guid.CreateVersion7()}/api-clients", Client())).IsRefused(HttpStatusCode.NotFound, "organisation.unknown");
        foreach (var scopes in (string[][])[["jobs:delete"], []])
        {
            var wrong = (await owner.Post($"{Api}/organisations/{agency}/api-clients", Client(scopes))).IsRefused(HttpStatusCode.UnprocessableEntity, "validation");
            var error = Assert.Single(wrong.Json.GetProperty("errors").EnumerateArray());
            Assert.Equal(("#/scopes", "field.unknown_code"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task For_another_organisation_the_client_does_not_exist_and_the_committee_manages_it()
    {
        var (agency, owner) = await Agency();
        var (client, secret) = await LetIn(agency, owner);
        var stranger = registration.App.Client(TestCaller.Organisation(Guid.CreateVersion7()));
        (await stranger.Get($"{Api}/organisations/{agency}/api-clients")).IsRefused(HttpStatusCode.NotFound, "organisation.unknown");
        (await stranger.Post($"{Api}/organisations/{agency}/api-clients", Client())).IsRefused(HttpStatusCode.NotFound, "organisation.unknown");
        (await stranger.Get($"{Api}/api-clients/{client}")).IsRefused(HttpStatusCode.NotFound, "apiclient.unknown");
        (await stranger.Get($"{Api}/api-clients/{client}/history")).IsRefused(HttpStatusCode.NotFound, "apiclient.unknown");
        (await stranger.Post($"{Api}/api-clients/{client}/secrets")).IsRefused(HttpStatusCode.NotFound, "apiclient.unknown");
        (await stranger.Delete($"{Api}/api-clients/{client}")).IsRefused(HttpStatusCode.NotFound, "apiclient.unknown");
        (await owner.Put($"{Api}/api-clients/{client}/suspension", new { reason = "x" })).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");

        (await registration.Officer.Put($"{Api}/api-clients/{client}/suspension", new { reason = "jobs that do not exist" })).Is(HttpStatusCode.NoContent);
        var suspended = (await Ask(client, secret)).IsRefused(HttpStatusCode.BadRequest, "apiclient.suspended");
        Assert.Equal("unauthorized_client", Text(suspended, "error"));
        (await registration.Officer.Delete($"{Api}/api-clients/{client}/suspension")).Is(HttpStatusCode.NoContent);
        (await Ask(client, secret)).Is(HttpStatusCode.OK);
        (await registration.Officer.Delete($"{Api}/api-clients/{client}")).Is(HttpStatusCode.NoContent);
        (await Ask(client, secret)).IsRefused(HttpStatusCode.Unauthorized, "oauth.invalid_client");
        Assert.Equal("revoked", Text((await owner.Get($"{Api}/api-clients/{client}")).Is(HttpStatusCode.OK), "state"));
    }

    [Fact]
    public async Task A_refusal_speaks_OAuth_and_problem_json()
    {
        var (agency, owner) = await Agency();
        var (client, secret) = await LetIn(agency, owner);
        var scope = (await Ask(client, secret, scope: "jobs:read webhooks:manage")).IsRefused(HttpStatusCode.BadRequest, "oauth.invalid_scope");
        Assert.Equal("invalid_scope", Text(scope, "error"));
        var stranger = (await Ask(Guid.CreateVersion7().ToString(), secret)).IsRefused(HttpStatusCode.Unauthorized, "oauth.invalid_client");
        Assert.Equal(("invalid_client", "Basic"), (Text(stranger, "error"), stranger.Headers.WwwAuthenticate.First().Scheme));
        Assert.Equal("no-store", stranger.Headers.CacheControl!.ToString());
        (await Ask(client.ToUpperInvariant() + "x", secret)).IsRefused(HttpStatusCode.Unauthorized, "oauth.invalid_client");
        var grant = (await Form(registration.Nobody, "grant_type=password")).IsRefused(HttpStatusCode.BadRequest, "oauth.unsupported_grant_type");
        Assert.Equal("unsupported_grant_type", Text(grant, "error"));
        Assert.Equal("invalid_request", Text(await Form(registration.Nobody, "nonsense"), "error"));
        (await registration.Nobody.Post(Token, new { grant_type = "client_credentials" })).IsRefused(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
        (await Form(registration.Nobody, string.Join('&', Enumerable.Range(0, 5000).Select(i => $"p{i}=1")))).IsRefused(HttpStatusCode.BadRequest, "oauth.invalid_request");
    }

    [Fact]
    public async Task Guessing_gets_slow_and_locks_nobody_out()
    {
        var (agency, owner) = await Agency();
        var (client, secret) = await LetIn(agency, owner);
        for (var i = 0; i < 5; i++)
            (await Ask(client, $"expo_live_guess{i}")).IsRefused(HttpStatusCode.Unauthorized, "oauth.invalid_client");
        var delayed = (await Ask(client, "expo_live_guess")).IsRefused(HttpStatusCode.TooManyRequests, "oauth.delayed");
        Assert.InRange(delayed.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        (await Ask(client, secret)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_program_enters_only_where_its_scopes_are_asked_for()
    {
        var (agency, owner) = await Agency();
        var (client, secret) = await LetIn(agency, owner);
        var program = With(registration.Nobody, Text(await Ask(client, secret), "access_token"));
        var profile = new { name = new { zh = "新名称" }, kind = "university" };
        (await program.Get($"{Api}/organisations/{agency}")).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await program.Put($"{Api}/organisations/{agency}/profile", profile)).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await program.Post($"{Api}/organisations", Organisation())).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await program.Get($"{Api}/accounts/me")).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await program.Post($"{Api}/api-clients/{client}/secrets")).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await program.Get($"{Api}/nowhere")).IsRefused(HttpStatusCode.NotFound, "route.unknown");
    }

    [Fact]
    public async Task No_secret_is_stored_in_clear_and_a_repeat_shows_it_again()
    {
        var (agency, owner) = await Agency();
        var (key, body) = (Http.NewKey(), Client());
        var created = (await owner.Post($"{Api}/organisations/{agency}/api-clients", body, key)).Is(HttpStatusCode.Created);
        var again = (await owner.Post($"{Api}/organisations/{agency}/api-clients", body, key)).Is(HttpStatusCode.Created);
        Assert.True(again.Replayed);
        Assert.Equal(created.Text, again.Text);
        var more = (await owner.Post($"{Api}/api-clients/{Text(created, "clientId")}/secrets", key: Http.NewKey())).Is(HttpStatusCode.Created);
        foreach (var secret in (string[])[Text(created, "clientSecret"), Text(more, "clientSecret")])
        {
            foreach (var table in await registration.App.Database.Tables())
                Assert.Equal(0L, await registration.App.Database.Ask<long>($"select count(*) from {table} t where t::text ilike '%' || $1 || '%'", secret));
        }
    }

    private static object Client(string[]? scopes = null) =>
        new { name = "Applicant tracking", agencyKind = "headhunter", scopes = scopes ?? ["jobs:read", "jobs:write"] };

    private static string Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString()!;

    private static async Task<Answer> Form(HttpClient client, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Token) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        return await client.Ask(request);
    }

    private async Task<(Guid Agency, HttpClient Owner)> Agency(bool verified = true, string kind = "hr_agency")
    {
        var body = new { name = new { zh = "某某人才服务" }, registrationNumber = Fresh("HK"), kind, country = "HK" };
        var path = (await registration.App.Client(TestCaller.Somebody()).Post($"{Api}/organisations", body)).Is(HttpStatusCode.Created).Headers.Location!.ToString();
        if (verified)
            (await registration.Officer.Post($"{path}/verification")).Is(HttpStatusCode.NoContent);
        var id = Guid.Parse(path.Split('/')[^1]);
        return (id, registration.App.Client(TestCaller.Organisation(id)));
    }

    private static async Task<(string Client, string Secret)> LetIn(Guid agency, HttpClient owner)
    {
        var created = (await owner.Post($"{Api}/organisations/{agency}/api-clients", Client())).Is(HttpStatusCode.Created);
        return (Text(created, "clientId"), Text(created, "clientSecret"));
    }

    private Task<Answer> Ask(string client, string secret, string? scope = null)
    {
        var nobody = registration.Nobody;
        nobody.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}")));
        return Form(nobody, "grant_type=client_credentials" + (scope is null ? "" : $"&scope={Uri.EscapeDataString(scope)}"));
    }
}
