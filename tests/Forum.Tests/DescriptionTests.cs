using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Forum.Tests;

[Trait("needs", "postgres")]
public sealed class DescriptionTests(SharedCongress shared)
{
    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_a_summary()
    {
        var document = (await shared.Congress.App.Client().Get("/openapi/v1.json")).Is(OK).Json;
        var paths = document.GetProperty("paths").EnumerateObject();
        var operations = paths.SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToArray();

        Assert.True(operations.Length >= 30, $"{operations.Length} operations");
        Assert.Distinct(operations.Select(operation => operation.GetProperty("operationId").GetString()));
        Assert.All(operations, operation => Assert.NotEmpty(operation.GetProperty("summary").GetString()!));
    }
}
