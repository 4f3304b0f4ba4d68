using Expo.ServiceDefaults;

namespace Expo.Gateway.Tests.Limits;

public sealed class RateBudgetSpecs
{
    private readonly Clock clock = new();
    private readonly RateBudget budget;

    public RateBudgetSpecs() => budget = new(clock, "client", client => client == "large" ? 1_000 : 3);

    [Fact]
    public void It_says_what_is_left_and_when_it_is_whole_again()
    {
        Assert.Equal(new RateStanding("client", 3, 60, 2, 60, true), budget.Take("a"));
        clock.Advance(TimeSpan.FromSeconds(17.5));
        Assert.Equal(new RateStanding("client", 3, 60, 1, 43, true), budget.Take("a"));
        Assert.Equal(0, budget.Take("a").Remaining);
        Assert.Equal(new RateStanding("client", 3, 60, 0, 43, false), budget.Take("a"));
        clock.Advance(TimeSpan.FromSeconds(42.5));
        Assert.Equal(new RateStanding("client", 3, 60, 2, 60, true), budget.Take("a"));
    }

    [Fact]
    public void Each_client_has_its_own()
    {
        budget.Take("a", 3);
        Assert.False(budget.Take("a").Allowed);
        Assert.True(budget.Take("b").Allowed);
        Assert.Equal(999, budget.Take("large").Remaining);
    }

    [Fact]
    public void What_does_not_fit_takes_nothing()
    {
        budget.Take("a");
        Assert.False(budget.Take("a", 3).Allowed);
        Assert.Equal(0, budget.Take("a", 2).Remaining);
    }

    [Fact]
    public void Who_is_gone_is_forgotten()
    {
        for (var client = 0; client < 500; client++)
        {
            budget.Take($"{client}");
        }

        Assert.Equal(500, budget.Clients);
        clock.Advance(TimeSpan.FromSeconds(61));
        budget.Take("a");
        Assert.Equal(1, budget.Clients);
    }

    [Fact]
    public void A_flood_of_strangers_takes_a_bounded_place()
    {
        for (var client = 0; client < 100_500; client++)
        {
            budget.Take($"{client}");
        }

        Assert.InRange(budget.Clients, 1, 100_001);
        Assert.False(budget.Take("one more").Allowed);
        Assert.True(budget.Take("7").Allowed);
    }

    [Fact]
    public async Task Many_at_once_get_exactly_what_there_is()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await Task.Yield();
            return Enumerable.Range(0, 500).Count(_ => budget.Take("large").Allowed);
        }));
        Assert.Equal(1_000, taken.Sum());
    }
}
