using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests;

[Trait("needs", "postgres")]
public sealed class DescriptionTests(ServiceApp<Program> app) : IClassFixture<ServiceApp<Program>>
{
    [Fact]
    public async Task The_service_describes_its_operations()
    {
        var document = (await app.Client().Get("/openapi/v1.json")).Is(OK).Json;
        Assert.NotEmpty(document.GetProperty("paths").EnumerateObject());
    }
}
