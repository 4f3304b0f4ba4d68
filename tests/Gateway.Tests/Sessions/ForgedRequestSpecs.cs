using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace Expo.Gateway.Tests.Sessions;

/// <summary>What another site, or somebody with a stolen or made-up cookie, may try.</summary>
public sealed class ForgedRequestSpecs(SessionGateway gateways) : IClassFixture<SessionGateway>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forgeries => [.. Ways.Keys];

    private static Dictionary<string, Action<HttpRequestMessage>> Ways { get; } = new()
    {
        ["no token"] = request => request.Headers.Remove("X-CSRF-Token"),
        ["another token"] = request => Replace(request, "X-CSRF-Token", new string('A', 43)),
        ["an empty token"] = request => Replace(request, "X-CSRF-Token", ""),
        ["the token twice"] = request => request.Headers.Add("X-CSRF-Token", request.Headers.GetValues("X-CSRF-Token").ToArray()),
        ["the token under another name"] = request =>
        {
            request.Headers.Add("X_CSRF_Token", request.Headers.GetValues("X-CSRF-Token").ToArray());
            request.Headers.Remove("X-CSRF-Token");
        },
        ["from another site, says the browser"] = request => Replace(request, "Sec-Fetch-Site", "cross-site"),
        ["from a neighbouring host, says the browser"] = request => Replace(request, "Sec-Fetch-Site", "same-site"),
        ["from another origin"] = request => Replace(request, "Origin", "https://evil.example"),
        ["from a page without origin"] = request => Replace(request, "Origin", "null"),
        ["from another port"] = request => Replace(request, "Origin", "http://127.0.0.1:1"),
        ["from a host that ends like ours"] = request => Replace(request, "Origin", request.Headers.GetValues("Origin").Single().Replace("http://", "http://evil.", StringComparison.Ordinal)),
        ["from our origin and another"] = request => request.Headers.Add("Origin", "https://evil.example"),
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task A_writing_request_reaches_no_service(string way)
    {
        var browser = await gateways.SignIn();
        var before = gateways.Reached;
        await (await browser.Write(Ways[way])).AssertProblem(HttpStatusCode.Forbidden, "csrf.failed");
        await (await browser.Send(HttpMethod.Delete, "/session", Ways[way])).AssertProblem(HttpStatusCode.Forbidden, "csrf.failed");
        Assert.Equal(before, gateways.Reached);
        Assert.Equal(HttpStatusCode.OK, (await browser.Write()).StatusCode);
        Assert.Null(await browser.Seen("x-csrf-token"));
    }

    [Theory, InlineData("zh", "无法确认"), InlineData("en", "It is not certain")]
    public async Task The_refusal_speaks_the_language_of_the_page(string language, string detail)
    {
        var browser = await gateways.SignIn();
        browser.CsrfToken = null;
        var problem = await (await browser.Write(request => request.Headers.Add("Accept-Language", language))).AssertProblem(HttpStatusCode.Forbidden, "csrf.failed");
        Assert.StartsWith(detail, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory, InlineData("Sec-Fetch-Site", "cross-site"), InlineData("Origin", "https://evil.example"), InlineData("Origin", "null")]
    public async Task Another_site_signs_nobody_in(string header, string value)
    {
        var browser = new Browser(gateways.Start());
        var answer = await browser.Send(HttpMethod.Post, "/session", request =>
        {
            Replace(request, header, value);
            request.Content = JsonContent.Create(new { username = "mei", password = "right" });
        });
        await answer.AssertProblem(HttpStatusCode.Forbidden, "csrf.failed");
        Assert.Null(browser.Cookie);
    }

    [Theory, InlineData("application/x-www-form-urlencoded"), InlineData("text/plain"), InlineData("multipart/form-data")]
    public async Task A_form_signs_nobody_in(string type)
    {
        var browser = new Browser(gateways.Start());
        var answer = await browser.Send(HttpMethod.Post, "/session", request =>
            request.Content = new StringContent("""{"username":"mei","password":"right"}""", Encoding.UTF8, type));
        await answer.AssertProblem(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
    }

    [Fact]
    public async Task A_cookie_that_was_edited_made_up_or_sealed_elsewhere_is_nobodys()
    {
        var at = gateways.Start();
        var good = (await gateways.SignIn("mei", at)).Cookie!;
        var elsewhere = (await gateways.SignIn("mei", gateways.Start(ownKeys: true))).Cookie!;
        string[] bad =
        [
            elsewhere, good[..^1], good + "A", "expo=let-me-in", "expo=" + new string('A', 3000), "expo=" + new string('A', 9000),
            .. Enumerable.Range(0, 12).Select(i => 5 + (i * (good.Length - 6) / 12)).Select(i => good[..i] + (good[i] == 'A' ? 'B' : 'A') + good[(i + 1)..]),
        ];
        foreach (var cookie in bad)
        {
            var thief = new Browser(at) { Cookie = cookie };
            Assert.Null(await thief.Seen("authorization"));
            Assert.Null(thief.Cookie);
        }
    }

    [Fact]
    public async Task A_token_beside_the_cookie_counts_alone()
    {
        var browser = await gateways.SignIn();
        browser.CsrfToken = null;
        var own = gateways.Issuer.Token(claims: claims => claims["sub"] = "0190a0a0-0000-7000-8000-000000000009");
        var answer = await browser.Write(request => request.Headers.Add("Authorization", $"Bearer {own}"));
        Assert.Contains(own, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        foreach (var authorization in (string[])["Bearer x", "Basic YTpi", "Bearer"])
        {
            await (await browser.Read(request => request.Headers.TryAddWithoutValidation("Authorization", authorization)))
                .AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
        }
    }

    [Theory]
    [InlineData("Authorization:", "HTTP/1.1 401")]
    [InlineData("Connection: close, authorization, cookie", "HTTP/1.1 200")]
    [InlineData("Cookie: expo=x", "HTTP/1.1 200")]
    [InlineData("X-Authorization: Bearer x", "HTTP/1.1 200")]
    public async Task Headers_that_try_to_slip_past_change_nothing(string header, string status)
    {
        var at = gateways.Start();
        var browser = await gateways.SignIn("mei", at);
        var answer = await Raw(at, $"GET /api/registration/v1/editions HTTP/1.1\r\nHost: {at.Authority}\r\nCookie: {browser.Cookie}\r\n{header}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"cookie\"", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"x-authorization\"", answer, StringComparison.OrdinalIgnoreCase);
    }

    // CORS is off: a browser asks first and is told nothing, so it does not send what it asked about.
    [Theory, InlineData("/api/registration/v1/editions"), InlineData("/session"), InlineData("/session/sign-out-everywhere")]
    public async Task A_preflight_of_another_site_is_answered_with_nothing(string path)
    {
        using var client = Host.Client(gateways.Start());
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-csrf-token");
        var answer = await client.SendAsync(request, Ct);
        await answer.AssertProblem(HttpStatusCode.NotFound, "route.unknown");
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static async Task<string> Raw(Uri gateway, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(gateway.Host, gateway.Port, Ct);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Ct);
        using var reader = new StreamReader(socket.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(Ct);
    }
}
