using System.Net;
using Expo.TestKit;

namespace Expo.Registration.Tests;

[Trait("needs", "postgres")]
public sealed class DescriptionTests(RegistrationApp registration)
{
    [Fact]
    public async Task The_description_names_every_operation_once()
    {
        var paths = (await registration.Nobody.Get("/openapi/v1.json")).Is(HttpStatusCode.OK).Json.GetProperty("paths");
        var operations = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Where(member => member.Name is "get" or "post" or "put" or "delete").Select(o => o.Value.GetProperty("operationId").GetString()).ToArray();
        Assert.Equal(operations.Distinct(), operations);
        string[] some = ["SignUp", "SignIn", "RefreshSession", "AnnounceEdition", "RegisterOrganisation", "AddPerson", "NameBoothStaff", "GetPassQr", "CheckIn", "GetPassHistory"];
        Assert.Empty(some.Except(operations));
    }
}
