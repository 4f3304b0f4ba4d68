using Expo.Exhibition.Booths;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.Booths;

[Trait("needs", "postgres")]
public sealed class HoldExpiryTests(Fair fair) : IClassFixture<Fair>
{
    [Fact]
    [Requirement("X-11")]
    public async Task A_hold_ends_after_ten_minutes_and_a_newer_one_does_not_end_with_it()
    {
        var edition = await fair.Edition("A1");
        var booth = BoothAt(edition, "A1");
        var (one, other) = (fair.App.Client(await fair.Exhibitor()), fair.App.Client(await fair.Exhibitor()));

        (await one.Post($"{booth}/reservation")).Is(NoContent);
        fair.Clock.Advance(TimeSpan.FromMinutes(5));
        (await one.Delete($"{booth}/reservation")).Is(NoContent);
        (await other.Post($"{booth}/reservation")).Is(NoContent);

        // The first hold's timer is due now, the second's is not.
        fair.Clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Is(() => Timers(edition), timers => timers == 1);
        Assert.Equal(BoothStatus.Held, (await one.Get(booth)).Read<ListedBooth>().State);

        fair.Clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Is(async () => (await one.Get(booth)).Read<ListedBooth>().State, state => state == BoothStatus.Free);
        (await one.Post($"{booth}/reservation")).Is(NoContent);
    }

    private Task<long> Timers(string edition) => fair.App.Database.Ask<long>(
        "select count(*) from mt_doc_timerrow where data ->> 'Stream' = $1", BoothId.Of(edition, "1", "A1").ToString());
}
