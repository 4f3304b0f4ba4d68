using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Expo.Bench.Gateway;

/// <summary>The accounts of a bench: each acts for one organisation, and sends tokens that the bench itself signs.</summary>
public sealed class Clients
{
    private const string Issuer = "expo-registration";
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "bench" };
    private readonly List<(Guid Organisation, string Token)> members = [];

    /// <summary>The key set that the hosts are to trust.</summary>
    public string Jwks
    {
        get
        {
            var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
            return JsonSerializer.Serialize(new
            {
                keys = new[]
                {
                    new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = key.KeyId, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) },
                },
            });
        }
    }

    /// <summary>Registers so many organisations through the API, each by an account of its own.</summary>
    public async Task RegisterAsync(HttpClient gateway, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var token = Token();
            using var request = Request(HttpMethod.Post, "/api/registration/v1/organisations", token, new
            {
                name = new { zh = "示例公司" }, registrationNumber = $"HRB {number}", kind = "enterprise", country = "DE",
            });
            using var response = await gateway.SendAsync(request);
            var body = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            members.Add((body.GetProperty("id").GetGuid(), token));
        }
    }

    /// <summary>Commands per second: each client has organisations of its own and gives them one profile after the other.</summary>
    /// <param name="gateway">Through which door.</param>
    /// <param name="service">Who answers: ours, or the hand-written one.</param>
    /// <param name="clients">How many at a time.</param>
    /// <param name="seconds">For how long.</param>
    public async Task<double> MeasureAsync(HttpClient gateway, string service, int clients, int seconds)
    {
        var watch = Stopwatch.StartNew();
        var share = members.Count / clients;
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(client =>
            Work(gateway, service, members.Skip(client * share).Take(share).ToArray(), watch, TimeSpan.FromSeconds(seconds))));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<int> Work(HttpClient gateway, string service, (Guid Organisation, string Token)[] mine, Stopwatch watch, TimeSpan until)
    {
        await Task.Yield();
        var done = 0;
        for (; watch.Elapsed < until; done++)
        {
            var (organisation, token) = mine[done % mine.Length];
            using var request = Request(HttpMethod.Put, $"/api/{service}/v1/organisations/{organisation}/profile", token, new
            {
                name = new { zh = $"示例公司 {watch.ElapsedTicks}", en = new string('n', 180) }, kind = "enterprise",
            });
            using var response = await gateway.SendAsync(request);
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }

        return done;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string token, object body) => new(method, path)
    {
        Headers = { Authorization = new("Bearer", token) },
        Content = JsonContent.Create(body, options: JsonSerializerOptions.Web),
    };

    private string Token() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = "expo",
        TokenType = "at+jwt",
        Claims = new Dictionary<string, object> { ["sub"] = Guid.CreateVersion7().ToString(), ["roles"] = Array.Empty<string>() },
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
    });
}
