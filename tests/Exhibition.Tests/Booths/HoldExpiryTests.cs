using Expo.Exhibition.Booths;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;

namespace Expo.Exhibition.Tests.Booths;

[Trait("needs", "postgres")]
public sealed class HoldExpiryTests(Fair fair) : IClassFixture<Fair>
{
    [Fact]
    public async Task A_hold_ends_after_ten_minutes_and_a_newer_one_does_not_end_with_it()
    {
        var edition = await fair.Edition("A1");
        var booth = BoothAt(edition, "A1");
        var (one, other) = (fair.App.Client(await fair.Exhibitor()), fair.App.Client(await fair.Exhibitor()));

        (await one.Post($"{booth}/reservation")).Is(HttpStatusCode.NoContent);
        fair.Clock.Advance(TimeSpan.FromMinutes(5));
        (await one.Delete($"{booth}/reservation")).Is(HttpStatusCode.NoContent);
        (await other.Post($"{booth}/reservation")).Is(HttpStatusCode.NoContent);

        // The first hold's timer is due now, the second's is not.
        fair.Clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Is(() => fair.App.Database.Ask<long>("select count(*) from mt_doc_timerrow where data ->> 'Stream' = $1", Id(edition)), rows => rows == 1);
        Assert.Equal(BoothStatus.Held, (await one.Get(booth)).Read<ListedBooth>().State);

        fair.Clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Is(async () => (await one.Get(booth)).Read<ListedBooth>().State, state => state == BoothStatus.Free);
        (await one.Post($"{booth}/reservation")).Is(HttpStatusCode.NoContent);
    }

    private static string Id(string edition) => BoothId.Of(edition, "1", "A1").ToString();
}
