using Expo.Forum.Series;
using static Expo.Forum.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Forum.Tests.Series;

public sealed class DefineSeriesSpecs
{
    private static readonly SeriesDefined Defined = new(ForumSeries.IdOf("rural"), "rural", RuralForum);

    [Fact]
    [Requirement("F-01", "F-02", "E-05")]
    public void The_committee_defines_a_series_of_a_tier() =>
        Given<ForumSeries>().When(new DefineSeries("rural", RuralForum).Decide, at: Noon).Then(Defined).AndAgainNothing();

    [Fact]
    [Requirement("F-02")]
    public void A_series_goes_on_counting_at_the_next_expo()
    {
        var next = RuralForum with { Edition = 4 };
        Given<ForumSeries>(Defined).When(new DefineSeries("rural", next).Decide, at: Noon).Then(Defined with { Definition = next }).AndAgainNothing();
    }

    [Theory]
    [Requirement("F-02")]
    [InlineData(2)]
    [InlineData(null)]
    public void The_number_of_a_series_never_goes_down(int? edition) =>
        Given<ForumSeries>(Defined).When(new DefineSeries("rural", RuralForum with { Edition = edition }).Decide, at: Noon).ThenRefused("series.edition_lower");

    [Theory]
    [Requirement("F-02")]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, true)]
    [InlineData(3, 5, false)]
    [InlineData(3, null, false)]
    [InlineData(null, null, true)]
    [InlineData(null, 1, false)]
    public void A_forum_is_the_latest_of_its_series_or_the_next(int? latest, int? proposed, bool may) =>
        Assert.Equal(may, (RuralForum with { Edition = latest }).MayBe(proposed));
}
