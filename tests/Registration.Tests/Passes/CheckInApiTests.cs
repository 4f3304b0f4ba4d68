using System.Net;
using Expo.Registration.SigningKeys;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Passes;

[Trait("needs", "postgres")]
public sealed class CheckInApiTests(RegistrationApp registration)
{
    private readonly HttpClient gate = registration.App.Client(TestCaller.Gate);

    [Fact]
    [Requirement("R-16")]
    public async Task The_holder_of_an_active_pass_is_admitted_by_name_and_may_come_again()
    {
        var exhibitor = await Exhibitor.In(registration);
        var (pass, token) = await exhibitor.ActivePass();

        var admitted = (await CheckIn(exhibitor.Edition, token)).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("admitted", pass), (admitted.GetProperty("result").GetString(), admitted.GetProperty("passId").GetGuid()));
        Assert.Equal("测试丁", admitted.GetProperty("holderName").GetProperty("zh").GetString());
        Assert.Equal("Test D", admitted.GetProperty("holderName").GetProperty("en").GetString());
        (await CheckIn(exhibitor.Edition, token)).Is(HttpStatusCode.OK);
        Assert.Equal(["pass_issued", "pass_activated", "pass_scanned", "holder_admitted", "pass_scanned", "holder_admitted"], await History(exhibitor, pass));
    }

    [Fact]
    [Requirement("R-16")]
    public async Task A_revoked_pass_is_refused_with_a_reason_and_the_refusal_is_kept()
    {
        var exhibitor = await Exhibitor.In(registration);
        var (pass, token) = await exhibitor.ActivePass();
        (await registration.Officer.Post($"{Api}/passes/{pass}/revocation", new { reason = "lost" })).Is(HttpStatusCode.NoContent);
        (await registration.Officer.Post($"{Api}/passes/{pass}/revocation", new { reason = "lost" })).Is(HttpStatusCode.NoContent);

        (await CheckIn(exhibitor.Edition, token)).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.revoked");
        Assert.Equal(["pass_issued", "pass_activated", "pass_revoked", "pass_scanned", "holder_refused"], await History(exhibitor, pass));
        (await exhibitor.Client.Post($"{Api}/passes/{pass}/activation")).IsRefused(HttpStatusCode.Conflict, "pass.revoked");
    }

    [Fact]
    [Requirement("R-16")]
    public async Task A_pass_that_is_early_late_or_elsewhere_is_refused()
    {
        var exhibitor = await Exhibitor.In(registration);
        (await exhibitor.Name(await exhibitor.Person())).Is(HttpStatusCode.NoContent);
        await exhibitor.AllocateBooth();
        var early = (await exhibitor.Client.Get($"{Api}/passes/{(await exhibitor.Passes(1)).Single()}")).Json.GetProperty("token").GetString()!;
        (await CheckIn(exhibitor.Edition, early)).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.not_active");
        (await CheckIn(await registration.AnnouncedEdition(), early)).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.wrong_edition");

        var past = Fresh("ed_");
        (await registration.Officer.Post($"{Api}/editions", new
        {
            code = past, number = 21, year = 2023, deliveryMode = "hybrid", name = new { zh = "大会" }, openDays = new[] { "2023-04-15", "2023-04-16" },
        })).Is(HttpStatusCode.Created);
        var late = await (await Exhibitor.In(registration, past)).ActivePass();
        (await CheckIn(past, late.Token)).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.expired");
        (await CheckIn("no_such", late.Token)).IsRefused(HttpStatusCode.NotFound, "edition.unknown");
    }

    [Fact]
    [Requirement("R-16")]
    public async Task A_token_that_is_not_ours_is_refused_and_leaves_no_trace()
    {
        var exhibitor = await Exhibitor.In(registration);
        var (pass, token) = await exhibitor.ActivePass();
        var parts = token.Split('.');
        var stranger = NewKey.Create();
        var header = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0]));
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]);

        foreach (var at in (int[])[0, parts[0].Length, parts[0].Length + 5, token.Length - 40, token.Length - 1])
            (await CheckIn(exhibitor.Edition, Flipped(token, at))).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.invalid");
        (await CheckIn(exhibitor.Edition, CompactJws.Sign(header, payload, stranger.Private))).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.invalid");
        (await CheckIn(exhibitor.Edition, CompactJws.Sign($$"""{"alg":"ES256","kid":"{{stranger.Kid}}"}""", payload, stranger.Private)))
            .IsRefused(HttpStatusCode.UnprocessableEntity, "pass.invalid");
        (await CheckIn(exhibitor.Edition, $"{System.Buffers.Text.Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{parts[1]}."))
            .IsRefused(HttpStatusCode.UnprocessableEntity, "pass.invalid");
        (await CheckIn(exhibitor.Edition, new string('x', 500))).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.invalid");
        Assert.Equal(["pass_issued", "pass_activated"], await History(exhibitor, pass));
    }

    [Fact]
    public async Task A_pass_of_ours_that_was_never_issued_is_unknown()
    {
        var edition = await registration.AnnouncedEdition();
        var tokens = (Expo.Registration.Passes.PassTokens)registration.App.Services.GetService(typeof(Expo.Registration.Passes.PassTokens))!;
        var token = await tokens.For(Guid.CreateVersion7(), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        (await CheckIn(edition, token)).IsRefused(HttpStatusCode.UnprocessableEntity, "pass.unknown");
    }

    [Fact]
    [Requirement("R-16")]
    public async Task Only_gate_staff_check_passes()
    {
        var body = new { token = "x", gate = "north" };
        (await registration.Officer.Post($"{Api}/editions/any/check-ins", body)).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await registration.Nobody.Post($"{Api}/editions/any/check-ins", body)).IsRefused(HttpStatusCode.Unauthorized, "auth.required");
        (await gate.Post($"{Api}/editions/any/check-ins", new { gate = "north" })).IsRefused(HttpStatusCode.UnprocessableEntity, "validation");
    }

    private static string Flipped(string token, int at) => token[..at] + (char)(token[at] ^ 1) + token[(at + 1)..];

    private static async Task<IEnumerable<string?>> History(Exhibitor exhibitor, Guid pass) =>
        (await exhibitor.Client.Get($"{Api}/passes/{pass}/history")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(e => e.GetProperty("event").GetString());

    private Task<Answer> CheckIn(string edition, string token) => gate.Post($"{Api}/editions/{edition}/check-ins", new { token, gate = "north" });
}
