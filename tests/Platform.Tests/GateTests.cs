using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Expo.TestKit;
using Microsoft.IdentityModel.Tokens;

namespace Expo.Platform.Tests;

/// <summary>A pass is worth what its signature and its state are worth.</summary>
[Trait("needs", "platform")]
public sealed class GateTests(RunningPlatform platform)
{
    [Fact]
    public async Task The_QR_is_read_by_an_independent_reader_and_verified_with_the_published_keys_alone()
    {
        var story = await platform.Story();
        var read = await Read(story.QrFile);

        // Signed anew each time it is shown; what it says stays.
        Assert.Equal(story.QrToken.Split('.')[..2], read.Split('.')[..2]);
        Assert.InRange(read.Length, 1, 200);
        Assert.True(Verifies(read, await PublishedKeys()));
        Assert.False(Verifies(Flipped(read), await PublishedKeys()));
    }

    [Fact]
    public async Task A_code_with_one_byte_changed_or_signed_by_another_is_refused()
    {
        var story = await platform.Story();
        using var gate = await platform.Colleague("gate_staff");

        (await Scan(gate, story.Edition, Flipped(story.QrToken))).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.invalid");
        (await Scan(gate, story.Edition, SignedByAnother(story.QrToken))).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.invalid");
        (await Scan(gate, story.Edition, story.QrToken)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_revoked_pass_is_refused_at_once()
    {
        var story = await platform.Story();
        using var committee = await platform.Committee();
        using var gate = await platform.Colleague("gate_staff");
        var pass = story.Passes[1];
        var token = (await committee.Get($"/api/registration/v1/passes/{pass}")).Is(HttpStatusCode.OK).Json.GetProperty("token").GetString()!;
        (await Scan(gate, story.Edition, token)).Is(HttpStatusCode.OK);

        (await committee.Post($"/api/registration/v1/passes/{pass}/revocation", new { reason = "a test" })).Is(HttpStatusCode.NoContent);

        (await Scan(gate, story.Edition, token)).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.revoked");
    }

    private static Task<Answer> Scan(HttpClient gate, string edition, string token) =>
        gate.Post($"/api/registration/v1/editions/{edition}/check-ins", new { token, gate = "gate-2" });

    private async Task<JsonWebKeySet> PublishedKeys() => new((await platform.Gateway().Get("/.well-known/jwks.json")).Is(HttpStatusCode.OK).Text);

    // By hand, as somebody without any of our libraries would do it: header.payload.signature, ES256.
    private static bool Verifies(string token, JsonWebKeySet keys)
    {
        var parts = token.Split('.');
        var header = JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.Decode(parts[0]));
        if (header.GetProperty("alg").GetString() != "ES256" || keys.Keys.FirstOrDefault(k => k.Kid == header.GetProperty("kid").GetString()) is not { } key)
            return false;

        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
        });
        return ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64UrlEncoder.DecodeBytes(parts[2]), HashAlgorithmName.SHA256);
    }

    private static string Flipped(string token)
    {
        var parts = token.Split('.');
        var signature = Base64UrlEncoder.DecodeBytes(parts[2]);
        signature[5] ^= 1;
        return $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(signature)}";
    }

    private static string SignedByAnother(string token)
    {
        var parts = token.Split('.');
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(another.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256))}";
    }

    private static async Task<string> Read(string picture)
    {
        using var reader = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", picture]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await reader.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, reader.ExitCode);
        return text.Trim();
    }
}
