using Expo.Exhibition.Booths;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.Booths;

[Trait("needs", "postgres")]
public sealed class HoldRaceTests(SharedFair shared)
{
    private readonly Fair fair = shared.Fair;

    [Fact]
    [Requirement("X-11")]
    public async Task Two_hundred_asking_two_instances_at_once_get_one_booth()
    {
        await using var second = await ServiceApp<Booth>.StartAsync(new ServiceSetup { Clock = fair.Clock, Database = fair.App.Database });
        var edition = await fair.Edition("A1");
        var exhibitors = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => fair.Exhibitor()));
        var clients = exhibitors.Select((exhibitor, n) => (n % 2 == 0 ? fair.App : second).Client(exhibitor)).ToArray();

        var answers = await Task.WhenAll(clients.Select(client => client.Post($"{BoothAt(edition, "A1")}/reservation")));

        var winner = exhibitors[Array.FindIndex(answers, answer => answer.Status == NoContent)];
        Assert.Single(answers, answer => answer.Status == NoContent);
        Assert.All(answers.Where(answer => answer.Status != NoContent), answer => answer.IsRefused(Conflict, "booth.taken"));
        Assert.Equal(winner.OrganisationId, (await fair.Officer.Get(BoothAt(edition, "A1"))).Read<ListedBooth>().OrganisationId);
    }
}
