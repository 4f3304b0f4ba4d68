using Expo.Exhibition.Booths;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.Booths;

[Trait("needs", "postgres")]
public sealed class PagingTests(SharedFair shared)
{
    [Fact]
    public async Task A_cursor_carries_the_filters_and_the_limit()
    {
        var (visitor, booths) = await Booths("A1", "A2", "A3");

        var first = (await visitor.Get($"{booths}?state=free&limit=1")).Is(OK);
        var link = Assert.Single(first.Headers.GetValues("Link"));
        Assert.Equal($"<{booths}?cursor={first.Read<Page<ListedBooth>>().NextCursor}>; rel=\"next\"", link);

        var second = (await visitor.Get(link[1..link.IndexOf('>', StringComparison.Ordinal)])).Is(OK);
        Assert.Equal(["A2"], second.Read<Page<ListedBooth>>().Items.Select(booth => booth.Number));
        var rest = (await visitor.Get($"{booths}?cursor={second.Read<Page<ListedBooth>>().NextCursor}&limit=5")).Is(OK);
        Assert.Equal(["A3"], rest.Read<Page<ListedBooth>>().Items.Select(booth => booth.Number));
        Assert.False(rest.Headers.Contains("Link"));
    }

    [Fact]
    public async Task A_filter_beside_a_cursor_is_refused()
    {
        var (visitor, booths) = await Booths("A1", "A2");
        var cursor = (await visitor.Get($"{booths}?state=free&limit=1")).Is(OK).Read<Page<ListedBooth>>().NextCursor;
        (await visitor.Get($"{booths}?cursor={cursor}&state=held")).IsRefused(BadRequest, "cursor.with_filters");
        (await visitor.Get($"{booths}?cursor={cursor}&state=free")).IsRefused(BadRequest, "cursor.with_filters");
    }

    [Theory]
    [InlineData("AA")]
    [InlineData("QUJD")]
    [InlineData("!!")]
    [InlineData("QQp6b25lPTE")]
    public async Task A_cursor_that_was_not_given_is_malformed(string cursor)
    {
        var (visitor, booths) = await Booths("A1");
        (await visitor.Get($"{booths}?cursor={cursor}")).IsRefused(BadRequest, "request.malformed");
    }

    private async Task<(HttpClient Visitor, string Booths)> Booths(params string[] numbers) =>
        (shared.Fair.App.Client(), $"/api/exhibition/v1/editions/{await shared.Fair.Edition(numbers)}/booths");
}
