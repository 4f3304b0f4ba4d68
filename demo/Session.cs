using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Expo.Demo;

/// <summary>Somebody, or some program, that uses the public API. Every step is repeated with its idempotency key until it is answered.</summary>
/// <param name="gateway">The platform.</param>
/// <param name="signIn">Gets an access token.</param>
internal sealed class Session(HttpClient gateway, Func<Session, CancellationToken, Task<string>> signIn)
{
    private const string Json = "application/json";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private string? token;

    /// <summary>Somebody with an account.</summary>
    public static Session Of(HttpClient gateway, string username, string password) => new(gateway, async (session, ct) =>
        (await session.Post("/api/registration/v1/sessions", new { username, password }, ct)).As<SignedIn>().AccessToken);

    /// <summary>A program with its client id and secret (OAuth 2.0 client credentials).</summary>
    public static Session OfProgram(HttpClient gateway, Guid clientId, string secret) => new(gateway, async (session, ct) =>
        (await session.Post("/api/registration/v1/oauth/token", new Form(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = clientId.ToString(), ["client_secret"] = secret,
        }), ct)).As<ProgramToken>().AccessToken);

    /// <summary>Signs in, or in again: what has changed of roles and organisation stands in the new token.</summary>
    public async Task SignIn(CancellationToken ct)
    {
        token = null;
        token = await signIn(this, ct);
    }

    /// <summary>Asks for something to be done.</summary>
    /// <param name="path">Where.</param>
    /// <param name="body">With what, if anything.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="notYet">Refusals to wait out: a message is on its way.</param>
    public Task<Answer> Post(string path, object? body, CancellationToken ct, params string[] notYet) =>
        Send(new Ask(HttpMethod.Post, path, body), answer => notYet.Contains(answer.Code), ct);

    /// <summary>Sets something, like <see cref="Post"/>.</summary>
    public Task<Answer> Put(string path, object? body, CancellationToken ct, params string[] notYet) =>
        Send(new Ask(HttpMethod.Put, path, body), answer => notYet.Contains(answer.Code), ct);

    /// <summary>Reads something.</summary>
    public async Task<T> Get<T>(string path, CancellationToken ct) => (await Send(new Ask(HttpMethod.Get, path), _ => false, ct)).As<T>();

    /// <summary>Reads something again and again until it is as expected: it gets there by a message or a timer.</summary>
    public async Task<T> Await<T>(string path, Func<T, bool> arrived, CancellationToken ct) =>
        (await Send(new Ask(HttpMethod.Get, path), answer => answer.Accepted ? !arrived(answer.As<T>()) : answer.Status == HttpStatusCode.NotFound, ct)).As<T>();

    /// <summary>Reads something that is not JSON.</summary>
    public async Task<byte[]> Download(string path, string mediaType, CancellationToken ct) =>
        (await Send(new Ask(HttpMethod.Get, path, Accept: mediaType), _ => false, ct)).OrFail().Content;

    private async Task<Answer> Send(Ask ask, Func<Answer, bool> notYet, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        var pause = ShortestPause;
        var renewed = false;
        while (true)
        {
            var answer = await Attempt(ask, ct);
            if (answer?.Status == HttpStatusCode.Unauthorized && token is not null && !renewed)
            {
                renewed = true;
                await SignIn(ct);
                continue;
            }
            if (answer is not null && !IsWorthRepeating(answer) && !notYet(answer))
            {
                return answer;
            }
            if (waited.Elapsed > Patience)
            {
                throw new DemoFailedException($"{ask} is not as expected after {Patience.TotalMinutes} minutes; last: {(int?)answer?.Status} {answer?.Code}.");
            }
            await Task.Delay(pause, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<Answer?> Attempt(Ask ask, CancellationToken ct)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct);
        attempt.CancelAfter(OneAttempt);
        try
        {
            using var request = ask.Request(token);
            using var response = await gateway.SendAsync(request, attempt.Token);
            return new Answer(ask.ToString(), response.StatusCode, await response.Content.ReadAsByteArrayAsync(attempt.Token));
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    // Down, busy, or an earlier attempt is still under way.
    private static bool IsWorthRepeating(Answer answer) =>
        answer.Status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || answer.Code == "idempotency.in_progress";

    private sealed record SignedIn(string AccessToken);

    private sealed record ProgramToken([property: JsonPropertyName("access_token")] string AccessToken);

    /// <summary>A body that is a form.</summary>
    private sealed record Form(IReadOnlyDictionary<string, string> Fields);

    /// <summary>One step; its key stays the same however often it is sent.</summary>
    private sealed record Ask(HttpMethod Method, string Path, object? Body = null, string Accept = Json)
    {
        private readonly string key = Guid.CreateVersion7().ToString();

        public HttpRequestMessage Request(string? token)
        {
            var request = new HttpRequestMessage(Method, Path) { Content = Content() };
            request.Headers.Accept.ParseAdd(Accept);
            request.Headers.AcceptLanguage.ParseAdd("en");
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            if (Method != HttpMethod.Get)
            {
                request.Headers.Add("Idempotency-Key", key);
            }
            return request;
        }

        public override string ToString() => $"{Method} {Path}";

        private HttpContent? Content() => Body switch
        {
            null => null,
            Form form => new FormUrlEncodedContent(form.Fields),
            _ => JsonContent.Create(Body, Body.GetType()),
        };
    }
}
