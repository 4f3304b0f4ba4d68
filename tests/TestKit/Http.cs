using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Expo.Kernel.Http;
using Xunit;
using Xunit.Sdk;

namespace Expo.TestKit;

/// <summary>An answer, read to its end.</summary>
public sealed record Answer(string Request, HttpStatusCode Status, HttpResponseHeaders Headers, string Text)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => Text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(Text) : default;

    /// <summary>The stable code of a problem document.</summary>
    public string? Code => Text.Length > 0 && Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The stream version of the ETag.</summary>
    public long? Version => Headers.ETag is { } tag ? long.Parse(tag.Tag.Trim('"'), System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Whether this is a stored answer, given again.</summary>
    public bool Replayed => Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true";

    /// <summary>The body as one of our types.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Text, HttpJson.Options) ?? throw Unexpected("a body");

    /// <summary>Insists on a status.</summary>
    public Answer Is(HttpStatusCode status) => Status == status ? Expected() : throw Unexpected($"{(int)status} {status}");

    /// <summary>Insists on a refusal with a status and a stable code.</summary>
    public Answer IsRefused(HttpStatusCode status, string code) =>
        Status == status && Code == code ? Expected() : throw Unexpected($"{(int)status} {status} with code {code}");

    private Answer Expected()
    {
        Evidence.Answered(Request, (int)Status);
        return this;
    }

    private XunitException Unexpected(string expected) =>
        new($"{Request}\nExpected: {expected}\nAnswered: {(int)Status} {Status}\n{Text}");
}

/// <summary>Calls an API the way its clients do, and reads the whole answer.</summary>
public static class Http
{
    /// <summary>GET.</summary>
    public static Task<Answer> Get(this HttpClient client, string path, string? language = null) =>
        client.Send(HttpMethod.Get, path, language: language);

    /// <summary>POST.</summary>
    /// <param name="client">The caller.</param>
    /// <param name="path">Where to.</param>
    /// <param name="body">An object to send as JSON, or a string to send as it is; none sends no body.</param>
    /// <param name="key">An idempotency key.</param>
    /// <param name="ifMatch">The version that the caller insists on.</param>
    public static Task<Answer> Post(this HttpClient client, string path, object? body = null, string? key = null, long? ifMatch = null) =>
        client.Send(HttpMethod.Post, path, body, key, ifMatch);

    /// <summary>PUT, like <see cref="Post"/>.</summary>
    public static Task<Answer> Put(this HttpClient client, string path, object? body = null, string? key = null, long? ifMatch = null) =>
        client.Send(HttpMethod.Put, path, body, key, ifMatch);

    /// <summary>DELETE.</summary>
    public static Task<Answer> Delete(this HttpClient client, string path, string? key = null, long? ifMatch = null) =>
        client.Send(HttpMethod.Delete, path, null, key, ifMatch);

    /// <summary>Any request.</summary>
    public static async Task<Answer> Send(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? key = null, long? ifMatch = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = Content(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.Add("If-Match", $"\"{ifMatch}\"");
        if (language is not null)
            request.Headers.Add("Accept-Language", language);
        return await client.Ask(request);
    }

    /// <summary>Sends a request made by hand.</summary>
    public static async Task<Answer> Ask(this HttpClient client, HttpRequestMessage request)
    {
        var ct = TestContext.Current.CancellationToken;
        using var response = await client.SendAsync(request, ct);
        return new Answer($"{request.Method} {request.RequestUri}", response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(ct));
    }

    /// <summary>A new idempotency key.</summary>
    public static string NewKey() => Guid.CreateVersion7().ToString();

    private static StringContent? Content(object? body) => body switch
    {
        null => null,
        string raw => new StringContent(raw, Encoding.UTF8, "application/json"),
        _ => new StringContent(JsonSerializer.Serialize(body, body.GetType(), HttpJson.Options), Encoding.UTF8, "application/json"),
    };
}
