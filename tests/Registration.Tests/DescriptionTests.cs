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

    [Fact]
    public async Task The_token_endpoint_is_described_as_a_form_with_the_names_of_the_standard()
    {
        var description = (await registration.Nobody.Get("/openapi/v1.json")).Is(HttpStatusCode.OK).Json;
        var operation = description.GetProperty("paths").GetProperty($"{RegistrationApp.Api}/oauth/token").GetProperty("post");
        var form = Assert.Single(operation.GetProperty("requestBody").GetProperty("content").EnumerateObject());
        Assert.Equal("application/x-www-form-urlencoded", form.Name);
        Assert.DoesNotContain("grant_type", operation.GetProperty("parameters").GetRawText(), StringComparison.Ordinal);
        var schema = description.GetProperty("components").GetProperty("schemas").GetProperty("ClientTokenRequest");
        Assert.Equal(["grant_type", "scope", "client_id", "client_secret"], schema.GetProperty("properties").EnumerateObject().Select(member => member.Name));
        Assert.Equal(["grant_type"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        var answer = description.GetProperty("components").GetProperty("schemas").GetProperty("ClientToken").GetProperty("properties");
        Assert.Equal(["access_token", "token_type", "expires_in", "scope"], answer.EnumerateObject().Select(member => member.Name));
    }
}
