using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Jobs;
using static Expo.Recruitment.Tests.Samples;

namespace Expo.Recruitment.Tests.Jobs;

public sealed class LikenessSpecs
{
    private static readonly JobAdvert Here = Advert();

    [Fact, Requirement("J-15")]
    public void Jobs_with_like_titles_in_one_place_are_alike()
    {
        Assert.True(Likeness.Between(Here, Here with { Title = new Text("高级工程师 (研发)") }));
        Assert.True(Likeness.Between(Here, Here with { Locations = [new("CN", "44", null, null)] }));
        Assert.True(Likeness.Between(Here with { Remote = true, Locations = null }, Here with { Remote = true }));
    }

    [Fact, Requirement("J-15")]
    public void Jobs_elsewhere_or_with_other_titles_are_not_alike()
    {
        Assert.False(Likeness.Between(Here, Here with { Title = new Text("会计") }));
        Assert.False(Likeness.Between(Here, Here with { Locations = [new("CN", "44", "440100", null)] }));
        Assert.False(Likeness.Between(Here, Here with { Locations = [new("DE", null, null, null)] }));
        Assert.False(Likeness.Between(Here with { Remote = true, Locations = null }, Here));
    }
}
