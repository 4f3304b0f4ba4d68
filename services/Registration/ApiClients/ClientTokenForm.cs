using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization;
using Expo.Kernel;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Expo.Registration.ApiClients;

/// <summary>What a program sends for a token, as a form (RFC 6749 4.4.2); who it is it says here or by HTTP Basic.</summary>
public sealed record ClientTokenRequest(
    [property: JsonPropertyName("grant_type"), JsonRequired] string GrantType,
    [property: JsonPropertyName("scope")] string? Scope = null,
    [property: JsonPropertyName("client_id")] string? ClientId = null,
    [property: JsonPropertyName("client_secret")] string? ClientSecret = null);

/// <summary>Reads the form and the Authorization header; one of the two names the client, never both (RFC 6749 2.3).</summary>
internal sealed class ClientTokenForm(IReadOnlyDictionary<string, StringValues> form, string authorization)
{
    private const string Basic = "Basic";
    private const int LongestHeader = 1024;

    /// <summary>Lets the endpoint take it as a parameter.</summary>
    public static async ValueTask<ClientTokenForm> BindAsync(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body, leaveOpen: true);
        return new ClientTokenForm(
            QueryHelpers.ParseQuery(await body.ReadToEndAsync(http.RequestAborted)), http.Request.Headers.Authorization.ToString());
    }

    /// <summary>The request, or the OAuth error with its reason.</summary>
    public (ClientTokenRequest? Request, string Error, Refusal? Why) Read()
    {
        if (form.FirstOrDefault(member => member.Value.Count > 1) is { Key: { } twice })
            return Invalid($"参数重复：{twice}。", $"The parameter {Ascii(twice)} is given twice.");
        if (Member("grant_type") is not { } grant)
            return Invalid("缺少 grant_type。", "grant_type is missing.");
        if (grant != "client_credentials")
            return (null, "unsupported_grant_type", Refusal.Rule("oauth.unsupported_grant_type", "仅支持 client_credentials。", "Only client_credentials is supported."));

        var (id, secret) = (Member("client_id"), Member("client_secret"));
        if (authorization.Length > 0)
        {
            if (secret is not null)
                return Invalid("客户端只能用一种方式表明身份。", "A client authenticates in one way only.");
            if (ReadBasic() is not var (basicId, basicSecret))
                return (null, "invalid_client", ClientAuthentication.Failed);
            if (id is not null && id != basicId)
                return Invalid("client_id 与 Authorization 不一致。", "client_id is not the one of the Authorization header.");
            (id, secret) = (basicId, basicSecret);
        }

        return id is null || secret is null
            ? (null, "invalid_client", ClientAuthentication.Failed)
            : (new ClientTokenRequest(grant, Member("scope"), id, secret), "", null);
    }

    private static (ClientTokenRequest?, string, Refusal?) Invalid(string zh, string en) => (null, "invalid_request", Refusal.Rule("oauth.invalid_request", zh, en));

    // RFC 6749 3.2: a parameter without a value is as good as none.
    private string? Member(string name) => form.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    // RFC 6749 2.3.1: both halves are form-encoded before they are joined.
    private (string Id, string Secret)? ReadBasic()
    {
        if (authorization.Length > LongestHeader || !AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !string.Equals(header.Scheme, Basic, StringComparison.OrdinalIgnoreCase) || header.Parameter is not { } encoded)
            return null;

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is not [var id, var secret])
            return null;
        return (WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret));
    }

    private static string Ascii(string text) => new(text.Take(50).Where(char.IsAsciiLetterOrDigit).ToArray());
}
