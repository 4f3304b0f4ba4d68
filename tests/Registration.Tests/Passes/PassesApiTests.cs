using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Passes;

[Trait("needs", "postgres")]
public sealed class PassesApiTests(RegistrationApp registration)
{
    [Fact]
    [Requirement("R-04")]
    public async Task Passes_go_to_those_named_in_order_and_later_ones_while_places_are_left()
    {
        var exhibitor = await Exhibitor.In(registration);
        var people = new List<Guid> { await exhibitor.Person(), await exhibitor.Person(), await exhibitor.Person() };
        (await exhibitor.Name(people[0])).Is(HttpStatusCode.NoContent);
        (await exhibitor.Name(people[0])).Is(HttpStatusCode.NoContent);
        await exhibitor.AllocateBooth(places: 2);
        await exhibitor.Passes(1);
        (await exhibitor.Name(people[1])).Is(HttpStatusCode.NoContent);
        var passes = await exhibitor.Passes(2);
        (await exhibitor.Name(people[2])).IsRefused(HttpStatusCode.Conflict, "pass.quota_reached");

        var staff = (await exhibitor.Client.Get(exhibitor.Staff)).Is(HttpStatusCode.OK).Json;
        Assert.Equal((1, 2), (staff.GetProperty("booths").GetInt32(), staff.GetProperty("passPlaces").GetInt32()));
        Assert.Equal(people.Take(2), staff.GetProperty("staff").EnumerateArray().Select(member => member.GetProperty("personId").GetGuid()));
        Assert.Equal(passes.ToHashSet(), staff.GetProperty("staff").EnumerateArray().Select(member => member.GetProperty("passId").GetGuid()).ToHashSet());
        var history = (await exhibitor.Client.Get($"{Api}/booth-staff/{staff.GetProperty("id").GetGuid()}/history")).Is(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.Equal(
            ["staff_named", "booth_counted", "pass_place_taken", "staff_named", "pass_place_taken"],
            history.EnumerateArray().Select(e => e.GetProperty("event").GetString()));
    }

    [Fact]
    [Requirement("R-04")]
    public async Task A_pass_token_is_short_impersonal_and_verifies_with_the_published_keys_alone()
    {
        var token = (await (await Exhibitor.In(registration)).ActivePass()).Token;
        Assert.InRange(token.Length, 1, 200);
        var parts = token.Split('.');
        var header = System.Text.Json.JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        var payload = System.Text.Json.JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Equal(["alg", "kid"], header.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["sub", "exp"], payload.EnumerateObject().Select(member => member.Name));
        Assert.Equal(new DateTimeOffset(2099, 4, 16, 16, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), payload.GetProperty("exp").GetInt64());

        var key = (await registration.Nobody.Get("/.well-known/jwks.json")).Json.GetProperty("keys").EnumerateArray()
            .Single(k => k.GetProperty("kid").GetString() == header.GetProperty("kid").GetString());
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()) },
        });
        Assert.True(verifier.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        (await With(registration.Nobody, token).Get($"{Api}/accounts/me")).IsRefused(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    [Requirement("R-04")]
    public async Task A_pass_has_a_picture_in_two_formats()
    {
        var exhibitor = await Exhibitor.In(registration);
        var qr = $"{Api}/passes/{(await exhibitor.ActivePass()).Id}/qr";
        Assert.StartsWith("<svg", (await exhibitor.Client.Get(qr)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        exhibitor.Client.DefaultRequestHeaders.Accept.ParseAdd("image/png");
        var png = await exhibitor.Client.GetByteArrayAsync(new Uri(qr, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("\u0089PNG", Encoding.Latin1.GetString(png, 0, 4));
    }

    [Fact]
    public async Task For_another_exhibitor_there_is_no_such_pass()
    {
        var pass = (await (await Exhibitor.In(registration)).ActivePass()).Id;
        var other = (await Exhibitor.In(registration)).Client;
        foreach (var path in (string[])["", "/qr", "/history"])
            (await other.Get($"{Api}/passes/{pass}{path}")).IsRefused(HttpStatusCode.NotFound, "pass.unknown");
        (await other.Post($"{Api}/passes/{pass}/activation")).IsRefused(HttpStatusCode.NotFound, "pass.unknown");
        (await other.Post($"{Api}/passes/{pass}/revocation", new { reason = "envy" })).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await registration.Officer.Get($"{Api}/passes/{pass}")).Is(HttpStatusCode.OK);
        (await registration.Officer.Post($"{Api}/passes/{Guid.CreateVersion7()}/revocation", new { reason = "lost" })).IsRefused(HttpStatusCode.NotFound, "pass.unknown");
    }
}
