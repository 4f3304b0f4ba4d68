using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using System.Security.Claims;

namespace Expo.Gateway.Tests.Identity;

/// <summary>A small service with the platform's defaults, and the key its tokens are signed with.</summary>
public sealed class SmallService : IAsyncLifetime
{
    private WebApplication? app;

    internal Issuer Issuer { get; } = new();

    public HttpClient Client(string? token = null) => app!.Client(token);

    public async ValueTask InitializeAsync() => app = await Host.WithDefaults(Map, new Dictionary<string, string?> { ["Identity:Jwks"] = Issuer.Jwks });

    public async ValueTask DisposeAsync()
    {
        Issuer.Dispose();
        await app!.DisposeAsync();
    }

    private static void Map(WebApplication service)
    {
        service.MapGet("/whoami", (ClaimsPrincipal user) => new { name = user.Identity?.Name, officer = user.IsInRole("committee_officer") });
        service.MapGet("/finance", () => "money").RequireAuthorization(new AuthorizeAttribute { Roles = "committee_finance" });
        service.MapGet("/people", () => "people").RequireAuthorization();
        service.MapGet("/programs", () => "programs").RequireAuthorization(policy => policy.RequireClaim("scope", "jobs:read"));
        service.MapGet("/open", () => "open").AllowAnonymous();
        service.MapPost("/open", (Note note) => note.Text).AllowAnonymous();
    }
}

/// <summary>Something to post.</summary>
public sealed record Note(string Text);

public sealed class TokenSpecs(SmallService service) : IClassFixture<SmallService>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> AttackNames => [.. Attacks.All.Keys];

    [Theory, MemberData(nameof(AttackNames))]
    public async Task A_service_refuses(string attack)
    {
        using var client = service.Client(Attacks.All[attack](service.Issuer));
        var answer = await client.GetAsync(new Uri("/whoami", UriKind.Relative), Ct);
        await answer.AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_good_token_names_its_bearer_and_roles()
    {
        using var client = service.Client(service.Issuer.Token());
        Assert.Equal("""{"name":"0190a0a0-0000-7000-8000-000000000001","officer":true}""", await client.GetStringAsync("/whoami", Ct));
    }

    [Fact]
    public async Task Half_a_minute_of_clock_difference_is_forgiven()
    {
        using var client = service.Client(service.Issuer.Token(claims: claims =>
            (claims["nbf"], claims["exp"]) = (Issuer.At(TimeSpan.FromMinutes(-10)), Issuer.At(TimeSpan.FromSeconds(-15)))));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/whoami", Ct)).StatusCode);
    }

    [Fact]
    public async Task Without_a_token_every_endpoint_is_closed_unless_it_says_otherwise()
    {
        using var client = service.Client();
        var answer = await client.GetAsync("/whoami", Ct);
        await answer.AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("open", await client.GetStringAsync("/open", Ct));
    }

    [Fact]
    public async Task Nobody_has_to_sign_in_to_hear_that_a_request_makes_no_sense()
    {
        using var client = service.Client();
        using var text = new StringContent("x");
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/nowhere", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.DeleteAsync("/open", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/open", text, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_role_that_is_missing_is_forbidden()
    {
        using var client = service.Client(service.Issuer.Token());
        await (await client.GetAsync("/finance", Ct)).AssertProblem(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    [Fact]
    public async Task A_program_enters_only_where_its_scope_is_asked_for()
    {
        using var program = service.Client(service.Issuer.Token(claims: claims => (claims["scope"], claims["roles"]) = ("jobs:read", null)));
        Assert.Equal("programs", await program.GetStringAsync("/programs", Ct));
        Assert.Equal("open", await program.GetStringAsync("/open", Ct));
        foreach (var path in (string[])["/whoami", "/people", "/finance"])
            await (await program.GetAsync(path, Ct)).AssertProblem(HttpStatusCode.Forbidden, "auth.forbidden");
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync("/nowhere", Ct)).StatusCode);

        using var person = service.Client(service.Issuer.Token());
        Assert.Equal("people", await person.GetStringAsync("/people", Ct));
        await (await person.GetAsync("/programs", Ct)).AssertProblem(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    [Theory, InlineData("en-GB,zh;q=0.5", "Sign in first"), InlineData("zh-CN,en;q=0.8", "请先登录"), InlineData("de", "请先登录")]
    public async Task The_refusal_speaks_the_language_of_the_caller(string accepted, string detail)
    {
        using var client = service.Client();
        client.DefaultRequestHeaders.Add("Accept-Language", accepted);
        var problem = await (await client.GetAsync("/whoami", Ct)).AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
        Assert.StartsWith(detail, (string?)problem["detail"], StringComparison.Ordinal);
    }
}
