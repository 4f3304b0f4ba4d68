using Expo.Forum.Series;
using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Forum.Tests.Series;

[Trait("needs", "postgres")]
public sealed class SeriesApiTests(SharedCongress shared)
{
    private const string Root = "/api/forum/v1/series";
    private readonly Congress congress = shared.Congress;

    [Fact]
    [Requirement("F-02")]
    public async Task A_series_is_defined_by_the_committee_and_read_by_everybody()
    {
        (await congress.Officer.Put($"{Root}/api_rural", Samples.RuralForum)).Is(NoContent);
        (await congress.Officer.Put($"{Root}/api_rural", Samples.RuralForum with { Edition = 4 })).Is(NoContent);

        var one = (await congress.Stranger.Get($"{Root}/api_rural")).Is(OK);
        Assert.Equal(2, one.Version);
        var series = one.Read<ListedSeries>();
        Assert.Equal((ForumTier.Parallel, 4), (series.Tier, series.Edition));
        Assert.Contains((await congress.Stranger.Get($"{Root}?limit=200")).Is(OK).Read<Page<ListedSeries>>().Items, listed => listed.Id == series.Id);
        Assert.Equal(2, (await congress.Officer.Get($"{Root}/{series.Id}/history")).Is(OK).Json.GetProperty("items").GetArrayLength());
        (await congress.Officer.Put($"{Root}/api_rural", Samples.RuralForum, ifMatch: 1)).IsRefused(PreconditionFailed, "version.stale");
    }

    [Fact]
    public async Task Only_the_committee_defines_a_series()
    {
        (await congress.Stranger.Put($"{Root}/api_other", Samples.RuralForum)).Is(Unauthorized);
        (await congress.Shenzhen.Put($"{Root}/api_other", Samples.RuralForum)).Is(Forbidden);
        (await congress.Stranger.Get($"{Root}/api_other")).IsRefused(NotFound, "series.unknown");
    }
}
