using Expo.Forum.Proposals;
using Expo.Forum.RoomDays;
using Expo.Forum.Rooms;
using Expo.Kernel.Vocabulary;
using Expo.TestKit;
using static Expo.Forum.Tests.Congress;
using static System.Net.HttpStatusCode;

namespace Expo.Forum.Tests.RoomDays;

[Trait("needs", "postgres")]
public sealed class RoomDayApiTests(SharedCongress shared)
{
    private readonly Congress congress = shared.Congress;

    [Fact]
    [Requirement("F-04")]
    public async Task An_accepted_forum_gets_its_room_and_everybody_sees_where_and_when()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Accepted(congress, edition, Samples.Form(WorkingGroup.Beijing));
        var booking = (await congress.Book(dossier, "09:00", "12:00")).Is(Created).Read<BookedRoom>().BookingId;
        await dossier.HasRoom(booking);

        var place = (await congress.Stranger.Get($"{Root(edition)}/forums/{dossier.Id}")).Is(OK).Read<ListedForum>().Place!;
        Assert.Equal(("five-01", "Room 5-01", "szcec"), (place.Room, place.RoomName!.En, place.Venue));
        Assert.Equal((DateTimeOffset.Parse("2023-04-15T09:00+08:00", null), DateTimeOffset.Parse("2023-04-15T12:00+08:00", null)), (place.StartsAt, place.EndsAt));
        var entry = Assert.Single((await congress.Schedule(edition)).Bookings);
        Assert.Equal((booking, dossier.Id, BookingStatus.Held), (entry.Id, entry.ProposalId, entry.Status));
        Assert.Single((await congress.Beijing.Get($"{Root(edition)}/room-days")).Is(OK).Read<Page<RoomSchedule>>().Items);
        Assert.Equal("proposal_room_given", (await dossier.History())[^1]);
        (await congress.Book(dossier, "14:00", "15:00")).IsRefused(Conflict, "proposal.has_room");
    }

    [Fact]
    [Requirement("F-04")]
    public async Task A_room_is_not_given_twice_and_a_released_one_is_given_again()
    {
        var edition = await congress.Edition();
        var first = await Dossier.Accepted(congress, edition);
        var second = await Dossier.Accepted(congress, edition);
        var booking = (await congress.Book(first, "09:00", "12:00")).Is(Created).Read<BookedRoom>().BookingId;
        await first.HasRoom(booking);
        (await congress.Book(second, "11:59", "13:00")).IsRefused(Conflict, "room.taken");

        (await congress.Shenzhen.Delete($"{RoomDayAt(edition)}/bookings/{booking}")).Is(NoContent);
        (await congress.Shenzhen.Delete($"{RoomDayAt(edition)}/bookings/{booking}")).Is(NoContent);
        await first.HasRoom(null);
        await second.HasRoom((await congress.Book(second, "11:59", "13:00")).Is(Created).Read<BookedRoom>().BookingId);
        Assert.Equal(2, (await congress.Schedule(edition)).Bookings.Count);
    }

    [Fact]
    [Requirement("F-04")]
    public async Task The_Shenzhen_group_sees_who_waits_for_a_room_whichever_group_accepted()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Accepted(congress, edition, Samples.Form(WorkingGroup.Beijing));
        await Dossier.Submitted(congress, edition);
        await Dossier.Accepted(congress, edition, Samples.Form() with { DeliveryMode = DeliveryMode.Online });

        var request = Assert.Single(await Waiting());
        Assert.Equal((dossier.Id, 150, 200, Samples.Morning), (request.ProposalId, request.Audience, request.Seats, request.Preferred));
        (await congress.Beijing.Get($"{Root(edition)}/room-requests")).Is(Forbidden);
        await dossier.HasRoom((await congress.Book(dossier, "09:00", "12:00")).Is(Created).Read<BookedRoom>().BookingId);
        Assert.Empty(await Waiting());

        async Task<IReadOnlyList<RoomRequest>> Waiting() =>
            (await congress.Shenzhen.Get($"{Root(edition)}/room-requests")).Is(OK).Read<Page<RoomRequest>>().Items;
    }

    [Fact]
    [Requirement("F-04")]
    public async Task A_withdrawn_proposal_frees_its_room()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Accepted(congress, edition);
        await dossier.HasRoom((await congress.Book(dossier, "09:00", "12:00")).Is(Created).Read<BookedRoom>().BookingId);

        (await dossier.Proposer.Post($"{dossier.Proposal}/withdrawal")).Is(NoContent);

        await Eventually.Is(() => congress.Schedule(edition), day => day.Bookings.Single().Status == BookingStatus.Released);
        (await congress.Stranger.Get($"{Root(edition)}/forums/{dossier.Id}")).IsRefused(NotFound, "forum.unknown");
    }

    [Fact]
    [Requirement("F-04")]
    public async Task A_forum_that_two_rooms_were_booked_for_at_once_keeps_one()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Accepted(congress, edition, Samples.Form(audience: 50));
        var answers = await Task.WhenAll(congress.Book(dossier, "09:00", "12:00"), congress.Book(dossier, "09:00", "12:00", "six-01"));

        await Eventually.Is(
            async () => (await congress.Schedule(edition)).Bookings.Concat((await congress.Schedule(edition, "six-01")).Bookings).Count(b => b.Status == BookingStatus.Held),
            held => held == 1);
        var kept = (await dossier.Read()).Room!.BookingId;
        Assert.Contains(answers.Where(answer => answer.Status == Created), answer => answer.Read<BookedRoom>().BookingId == kept);
    }

    [Fact]
    [Requirement("F-04", "E-14")]
    public async Task A_room_that_is_too_small_needs_a_reason()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Accepted(congress, edition);
        (await congress.Book(dossier, "09:00", "12:00", "six-01")).IsRefused(UnprocessableEntity, "room.too_small");
        (await congress.Book(dossier, "09:00", "12:00", "six-01", "其余观众在线参加")).Is(Created);
        Assert.Equal("其余观众在线参加", (await congress.Schedule(edition, "six-01")).Bookings.Single().OverCapacity!.Reason);
    }

    [Fact]
    [Requirement("F-04")]
    public async Task A_booking_is_confirmed_when_its_fee_is_paid()
    {
        var edition = await congress.Edition();
        var dossier = await Dossier.Accepted(congress, edition);
        var booking = (await congress.Book(dossier, "09:00", "12:00")).Is(Created).Read<BookedRoom>().BookingId;
        var payment = new ConfirmBookingRequest(new Money("3000.00", "CNY"), new(2023, 3, 1), "B-1");
        (await congress.Officer.Post($"{RoomDayAt(edition)}/bookings/{booking}/confirmation", payment)).Is(Forbidden);
        (await congress.Shenzhen.Post($"{RoomDayAt(edition)}/bookings/{booking}/confirmation", payment)).Is(NoContent);
        Assert.Equal(BookingStatus.Confirmed, (await congress.Schedule(edition)).Bookings.Single().Status);
        (await congress.Shenzhen.Post($"{RoomDayAt(edition)}/bookings/{dossier.Id}/confirmation", payment)).IsRefused(NotFound, "booking.unknown");
        var history = (await congress.Shenzhen.Get($"{Root(edition)}/room-days/{(await congress.Schedule(edition)).Id}/history")).Is(OK);
        Assert.Equal(2, history.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    [Requirement("F-04", "F-09")]
    public async Task Only_the_Shenzhen_group_gives_rooms_and_only_what_can_be_given()
    {
        var edition = await congress.Edition();
        var accepted = await Dossier.Accepted(congress, edition);
        var waiting = await Dossier.Submitted(congress, edition);
        var hidden = await Dossier.Submitted(congress, edition, Samples.Form(WorkingGroup.Beijing));
        var request = new BookRoomRequest(accepted.Id, new(9, 0), new(12, 0), null);

        (await congress.Stranger.Post($"{RoomDayAt(edition)}/bookings", request)).Is(Unauthorized);
        (await congress.Beijing.Post($"{RoomDayAt(edition)}/bookings", request)).Is(Forbidden);
        (await congress.Officer.Post($"{RoomDayAt(edition)}/bookings", request)).Is(Forbidden);
        (await congress.Shenzhen.Post($"{RoomDayAt(edition, "cellar")}/bookings", request)).IsRefused(NotFound, "room.unknown");
        (await congress.Shenzhen.Post($"{RoomDayAt(edition, day: "2023-04-14")}/bookings", request)).IsRefused(UnprocessableEntity, "forum.outside_window");
        (await congress.Shenzhen.Post($"{RoomDayAt(edition)}/bookings", request with { To = new(8, 0) })).IsRefused(UnprocessableEntity, "slot.backwards");
        (await congress.Book(waiting, "09:00", "12:00")).IsRefused(Conflict, "proposal.not_accepted");
        (await congress.Book(hidden, "09:00", "12:00")).IsRefused(NotFound, "proposal.unknown");
        (await congress.Shenzhen.Delete($"{RoomDayAt(edition)}/bookings/{accepted.Id}")).IsRefused(NotFound, "booking.unknown");
        (await congress.Shenzhen.Get(RoomDayAt(edition, "cellar"))).IsRefused(NotFound, "room.unknown");
        (await congress.Shenzhen.Get(RoomDayAt(edition, day: "2023-04-14"))).IsRefused(NotFound, "day.unknown");
        (await accepted.Proposer.Get(RoomDayAt(edition))).Is(Forbidden);
        Assert.Empty((await congress.Schedule(edition)).Bookings);
    }

    [Fact]
    [Requirement("F-04")]
    public async Task The_plan_of_rooms_says_that_it_is_ours()
    {
        var edition = await congress.Edition();
        var plan = (await congress.Stranger.Get($"{Root(edition)}/rooms")).Is(OK).Read<PublishedRooms>();
        Assert.Equal((RoomPlanSource.Synthetic, 1, 2), (plan.Source, plan.Version, plan.Rooms.Count));
        Assert.Contains("synthetic plan of our own", plan.Notice.En!, StringComparison.Ordinal);
        Assert.Contains("自拟", plan.Notice.Zh, StringComparison.Ordinal);
        Assert.Single((await congress.Officer.Get($"{Root(edition)}/rooms/{plan.Id}/history")).Is(OK).Json.GetProperty("items").EnumerateArray());

        (await congress.Beijing.Put($"{Root(edition)}/rooms", Samples.TwoRooms)).Is(Forbidden);
        (await congress.Book(await Dossier.Accepted(congress, edition), "09:00", "12:00")).Is(Created);
        (await congress.Officer.Put($"{Root(edition)}/rooms", Samples.TwoRooms with { Rooms = [Samples.TwoRooms.Rooms[1]] })).IsRefused(Conflict, "room_plan.room_in_use");
        (await congress.Stranger.Get($"{Root(await congress.App.KnowEdition())}/rooms")).IsRefused(NotFound, "room_plan.unknown");
    }
}
