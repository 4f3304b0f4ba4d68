using Expo.Forum.Proposals;
using Expo.Forum.RoomDays;
using Expo.TestKit;
using static Expo.Forum.Tests.Congress;
using static System.Net.HttpStatusCode;

namespace Expo.Forum.Tests.RoomDays;

[Trait("needs", "postgres")]
public sealed class BookingRaceTests(SharedCongress shared)
{
    private readonly Congress congress = shared.Congress;

    [Fact]
    [Requirement("F-04")]
    public async Task A_hundred_bookings_at_two_instances_at_once_give_one_forum_the_room()
    {
        await using var second = await ServiceApp<ForumProposal>.StartAsync(new ServiceSetup { Clock = congress.Clock, Database = congress.App.Database });
        var edition = await congress.Edition();
        var forums = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Dossier.Accepted(congress, edition)));
        var desk = TestCaller.Somebody(Roles.ShenzhenGroup);
        HttpClient[] desks = [congress.App.Client(desk), second.Client(desk)];

        // Each overlaps all others: they begin at different times before noon, and end after it.
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => desks[n % 2].Post(
            $"{RoomDayAt(edition)}/bookings", new BookRoomRequest(forums[n % 20].Id, new(8 + (n % 4), 0), new(13, n % 60), null))));

        var winner = Assert.Single(answers, answer => answer.Status == Created);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.IsRefused(Conflict, "room.taken"));
        var booking = Assert.Single((await congress.Schedule(edition)).Bookings);
        Assert.Equal(winner.Read<BookedRoom>().BookingId, booking.Id);
        await forums.Single(forum => forum.Id == booking.ProposalId).HasRoom(booking.Id);
        Assert.Single((await congress.Stranger.Get($"{Root(edition)}/forums")).Read<Page<ListedForum>>().Items, forum => forum.Place is not null);
    }
}
