using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Expo.Gateway.Sessions;

/// <summary>The one cookie: sealed with the gateway's own keys, so that a browser can neither read nor write what is in it.</summary>
internal sealed class SessionCookies(IDataProtectionProvider protection)
{
    private const string SecureName = "__Host-expo";
    private const string PlainName = "expo";
    private const int Longest = 4000; // of the 4,096 bytes that browsers keep, name and attributes included

    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    private readonly IDataProtector protector = protection.CreateProtector("Expo.Gateway.BrowserSession", "1");

    /// <summary>Whether the request brings a session, good or not.</summary>
    public static bool Has(HttpRequest request) => request.Cookies.ContainsKey(Name(request));

    /// <summary>The session that the request brings; nothing when there is none, or none that these keys sealed.</summary>
    public BrowserSession? Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Name(request), out var text) || text.Length is 0 or > Longest)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<BrowserSession>(protector.Unprotect(Base64Url.DecodeFromChars(text)));
        }
        catch (Exception edited) when (edited is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Hands the session to the browser; it forgets it when it is closed, and Registration ends it after a working day.</summary>
    public void Write(HttpContext http, BrowserSession session)
    {
        var text = Base64Url.EncodeToString(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(session)));
        if (text.Length > Longest)
        {
            throw new UnreachableException("Tokens hold ids and a handful of roles; a session that fills a cookie is a mistake.");
        }
        http.Response.Cookies.Append(Name(http.Request), text, Attributes(http.Request));
    }

    /// <summary>Takes the session away from the browser.</summary>
    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name(http.Request), Attributes(http.Request));

    // __Host- makes browsers refuse the cookie from any other host, subdomain, path or plain connection.
    private static string Name(HttpRequest request) => IsSecure(request) ? SecureName : PlainName;

    // Plain only on the developer's own machine. Behind a proxy that ends TLS the request is plain too, but its host is not this machine.
    private static bool IsSecure(HttpRequest request) => request.IsHttps || !ThisMachine.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase);

    private static CookieOptions Attributes(HttpRequest request) => new()
    {
        HttpOnly = true,
        Secure = IsSecure(request),
        SameSite = SameSiteMode.Strict,
        Path = "/",
        IsEssential = true,
    };
}
