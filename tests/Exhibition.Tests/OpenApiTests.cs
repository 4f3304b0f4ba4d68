using System.Text.Json;
using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests;

[Trait("needs", "postgres")]
public sealed class OpenApiTests(SharedFair shared)
{
    private const string Applications = "/api/exhibition/v1/editions/{edition}/booth-applications";

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_a_summary()
    {
        var paths = (await Document()).GetProperty("paths").EnumerateObject();
        var operations = paths.SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToArray();

        Assert.True(operations.Length >= 24, $"{operations.Length} operations");
        Assert.Distinct(operations.Select(operation => operation.GetProperty("operationId").GetString()));
        Assert.All(operations, operation => Assert.NotEmpty(operation.GetProperty("summary").GetString()!));
    }

    [Fact]
    public async Task A_body_needs_what_validation_needs_and_knows_its_bounds_and_codes()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        var form = schemas.GetProperty("ApplicationForm");
        Assert.Equal(
            ["sections", "kind", "exhibits", "invoiceTitle", "taxNumber", "agreementContact", "deliveryMode"],
            form.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(form.GetProperty("additionalProperties").GetBoolean());
        var members = form.GetProperty("properties");
        Assert.Equal((1, 3), (members.GetProperty("sections").GetProperty("minItems").GetInt32(), members.GetProperty("sections").GetProperty("maxItems").GetInt32()));
        Assert.Equal((0, 100), (members.GetProperty("staffPasses").GetProperty("minimum").GetInt32(), members.GetProperty("staffPasses").GetProperty("maximum").GetInt32()));
        Assert.Equal(32, members.GetProperty("taxNumber").GetProperty("maxLength").GetInt32());
        Assert.Equal("#/components/schemas/Text", members.GetProperty("exhibits").GetProperty("$ref").GetString());
        Assert.Equal(["raw", "standard"], schemas.GetProperty("BoothKind").GetProperty("enum").EnumerateArray().Select(code => code.GetString()));
        Assert.False(schemas.GetProperty("ListedBooth").TryGetProperty("additionalProperties", out _)); // may grow
    }

    [Fact]
    public async Task An_operation_says_what_it_reads_who_may_call_it_and_how_it_refuses()
    {
        var path = (await Document()).GetProperty("paths").GetProperty(Applications);
        Assert.Equal(["#/components/parameters/limit", "#/components/parameters/cursor"], References(path.GetProperty("get").GetProperty("parameters")));
        var change = (await Document()).GetProperty("paths").GetProperty($"{Applications}/{{applicationId}}").GetProperty("put");
        Assert.Equal(["#/components/parameters/ifMatch", "#/components/parameters/idempotencyKey"], References(change.GetProperty("parameters")));
        Assert.Equal("organisation_administrator", Assert.Single(change.GetProperty("x-roles").EnumerateArray()).GetString());
        Assert.Equal(
            ["204", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "503"],
            change.GetProperty("responses").EnumerateObject().Select(answer => answer.Name));
        var open = (await Document()).GetProperty("paths").GetProperty("/api/exhibition/v1/editions/{edition}/booths").GetProperty("get");
        Assert.Empty(open.GetProperty("security").EnumerateArray());
        Assert.False(open.GetProperty("responses").TryGetProperty("403", out _));
    }

    private static IEnumerable<string?> References(JsonElement parameters) =>
        parameters.EnumerateArray().Where(parameter => parameter.TryGetProperty("$ref", out _)).Select(parameter => parameter.GetProperty("$ref").GetString());

    private async Task<JsonElement> Document() => (await shared.Fair.App.Client().Get("/openapi/v1.json")).Is(OK).Json;
}
