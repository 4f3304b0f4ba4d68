using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests;

[Trait("needs", "postgres")]
public sealed class DescriptionTests(SharedMarket shared)
{
    [Fact]
    public async Task The_service_describes_its_operations()
    {
        var document = (await shared.Market.Visitor.Get("/openapi/v1.json")).Is(OK).Json;
        Assert.NotEmpty(document.GetProperty("paths").EnumerateObject());
    }
}
