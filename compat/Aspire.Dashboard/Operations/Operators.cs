using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Expo.Dashboard.Operations;

/// <summary>
/// As whom people at the dashboard act: as the operations desk, which they share, or each with an account of their own, so that what services
/// record tells them apart. Passwords stay in memory, no longer than a working day.
/// </summary>
internal sealed class Operators(OperatedServices services, IHttpClientFactory clients, OperationsOptions options, TimeProvider clock)
{
    private const int MostPeople = 100;
    private const int KeyLength = 32;
    private static readonly TimeSpan Day = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, (OperatorSession Session, DateTimeOffset Until)> people = [];

    /// <summary>The account that reads for everybody.</summary>
    public OperatorSession Desk { get; } = new(services, clients, options.UserName, options.Password, clock);

    /// <summary>The account that somebody acts with.</summary>
    public OperatorSession Of(HttpRequest request) => Person(request) ?? Desk;

    /// <summary>The account of their own, if they have signed in with one.</summary>
    public OperatorSession? Person(HttpRequest request) =>
        request.Cookies[CookieOf(request)] is { } key && people.TryGetValue(key, out var person) && clock.GetUtcNow() < person.Until ? person.Session : null;

    /// <summary>Lets them act with an account of their own, or says why not.</summary>
    public async Task<(OperatorSession? Own, OperationsProblem? Problem)> SignInAsync(HttpContext http, Credentials given, CancellationToken ct)
    {
        foreach (var (key, (session, ends)) in people)
        {
            if (ends <= clock.GetUtcNow() && people.TryRemove(key, out _))
            {
                session.Dispose();
            }
        }

        if (people.Count >= MostPeople)
        {
            return (null, OperationsProblem.TooMany);
        }

        var own = new OperatorSession(services, clients, given.UserName!, _ => ValueTask.FromResult<string?>(given.Password), clock);
        if ((await own.TokenAsync(null, ct).ConfigureAwait(false)).Problem is { } problem)
        {
            own.Dispose();
            return (null, problem.AsInput());
        }

        SignOut(http);
        var (name, until) = (RandomNumberGenerator.GetHexString(KeyLength, lowercase: true), clock.GetUtcNow() + Day);
        people[name] = (own, until);
        http.Response.Cookies.Append(CookieOf(http.Request), name, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps });
        return (own, null);
    }

    /// <summary>Lets them act as the desk again.</summary>
    public void SignOut(HttpContext http)
    {
        if (http.Request.Cookies[CookieOf(http.Request)] is { } key && people.TryRemove(key, out var person))
        {
            person.Session.Dispose();
        }

        http.Response.Cookies.Delete(CookieOf(http.Request));
    }

    /// <summary>User name and password; nothing if they cannot be such.</summary>
    public static Credentials? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<Credentials>(body.Span, JsonSerializerOptions.Web) is { UserName.Length: > 0, Password.Length: > 0 } given ? given : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Browsers tell hosts apart, not ports.
    private static string CookieOf(HttpRequest request) => $"expo-operator-{request.HttpContext.Connection.LocalPort}";

    /// <summary>What somebody signs in with.</summary>
    public sealed record Credentials(string? UserName, string? Password);
}
