using System.Net;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Delegations;

[Trait("needs", "postgres")]
public sealed class DelegationsApiTests(RegistrationApp registration)
{
    [Fact]
    [Requirement("R-14")]
    public async Task A_list_is_enrolled_once_item_by_item()
    {
        var list = $"{Api}/editions/{await registration.AnnouncedEdition()}/delegations";
        object Delegation(string zh, string kind, string? section) => new { name = new { zh }, kind, section };
        var body = new { delegations = new[] { Delegation("福建", "province", "east"), Delegation("广州", "sub_provincial_city", null), Delegation("福建", "province", "west") } };

        Assert.Equal(["enrolled", "enrolled", "failed"], await Outcomes(list, body));
        Assert.Equal(["unchanged", "unchanged", "failed"], await Outcomes(list, body));
        var seen = (await registration.Nobody.Get(list)).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("name").GetProperty("zh").GetString());
        Assert.Equal(["广州", "福建"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("R-14")]
    public async Task A_list_needs_an_edition_an_officer_and_known_kinds()
    {
        var body = new { delegations = new[] { new { name = new { zh = "福建" }, kind = "province" } } };
        (await registration.Officer.Post($"{Api}/editions/no_such/delegations", body)).IsRefused(HttpStatusCode.NotFound, "edition.unknown");
        (await registration.App.Client(TestCaller.Gate).Post($"{Api}/editions/no_such/delegations", body)).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await registration.Officer.Post($"{Api}/editions/no_such/delegations", new { delegations = new[] { new { name = new { zh = "福建" }, kind = "kingdom" } } }))
            .IsRefused(HttpStatusCode.UnprocessableEntity, "validation");
        (await registration.Officer.Post($"{Api}/editions/no_such/delegations", new { delegations = Array.Empty<object>() }))
            .IsRefused(HttpStatusCode.UnprocessableEntity, "validation");
    }

    private async Task<IEnumerable<string?>> Outcomes(string list, object body) =>
        (await registration.Officer.Post(list, body, Http.NewKey())).Is(HttpStatusCode.OK).Json.GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("outcome").GetString());
}
