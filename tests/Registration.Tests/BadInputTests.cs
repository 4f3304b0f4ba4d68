using System.Net;
using System.Text;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests;

/// <summary>What every endpoint with a body says to a body that makes no sense.</summary>
[Trait("needs", "postgres")]
public sealed class BadInputTests(RegistrationApp registration)
{
    private static readonly Guid Id = Guid.CreateVersion7();

    public static TheoryData<string, string, string> Endpoints => new()
    {
        { "nobody", "POST", "/accounts" },
        { "nobody", "POST", "/sessions" },
        { "nobody", "POST", "/sessions/refresh" },
        { "nobody", "POST", "/sessions/sign-out" },
        { "officer", "POST", "/signing-keys" },
        { "officer", "POST", "/editions" },
        { "officer", "PUT", "/editions/some/deadlines/some" },
        { "officer", "POST", "/editions/some/delegations" },
        { "officer", "POST", $"/organisations/{Id}/return" },
        { "officer", "POST", $"/passes/{Id}/revocation" },
        { "somebody", "POST", "/organisations" },
        { "somebody", "PUT", $"/organisations/{Id}/profile" },
        { "exhibitor", "POST", "/people" },
        { "exhibitor", "POST", "/editions/some/booth-staff" },
        { "gate", "POST", "/editions/some/check-ins" },
        { "exhibitor", "POST", $"/organisations/{Id}/api-clients" },
        { "officer", "PUT", $"/api-clients/{Id}/suspension" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_body_that_makes_no_sense_is_refused_with_a_reason(string who, string method, string path)
    {
        var client = Who(who);
        foreach (var body in (string[])["{", "[]", "7", "null", "", """{"nope":1}""", """{"\u0000":{}}""", new('[', 100)])
            (await client.Send(new HttpMethod(method), Api + path, body)).IsRefused(HttpStatusCode.BadRequest, "request.malformed");
        (await client.Send(new HttpMethod(method), Api + path, "{}")).IsRefused(HttpStatusCode.UnprocessableEntity, "validation");

        using var notJson = new HttpRequestMessage(new HttpMethod(method), Api + path) { Content = new StringContent("name=x", Encoding.UTF8, "text/plain") };
        (await client.Ask(notJson)).IsRefused(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
        using var badKey = new HttpRequestMessage(new HttpMethod(method), Api + path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        badKey.Headers.TryAddWithoutValidation("Idempotency-Key", "short");
        (await client.Ask(badKey)).IsRefused(HttpStatusCode.BadRequest, "request.malformed");
    }

    [Fact]
    public async Task A_version_that_cannot_be_read_is_a_malformed_request()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/organisations/{Id}/verification");
        request.Headers.TryAddWithoutValidation("If-Match", "\"three\"");
        (await registration.Officer.Ask(request)).IsRefused(HttpStatusCode.BadRequest, "request.malformed");
    }

    private HttpClient Who(string who) => who switch
    {
        "officer" => registration.Officer,
        "somebody" => registration.App.Client(TestCaller.Somebody()),
        "exhibitor" => registration.App.Client(TestCaller.Organisation(Id)),
        "gate" => registration.App.Client(TestCaller.Gate),
        _ => registration.Nobody,
    };
}
