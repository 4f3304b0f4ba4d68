using Expo.Forum.Proposals;
using Expo.Forum.RoomDays;
using Expo.Kernel.Vocabulary;
using static Expo.Forum.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Forum.Tests.RoomDays;

public sealed class BookRoomSpecs
{
    private static readonly ForumProposal Forum = Given<ForumProposal>(Drafted, Named, Submitted, Started, Cleared, Accepted).State;
    private static readonly BookRoom Book = new(Edition, BookingA, TwoRooms.Rooms[0], Forum, Morning, Calendar, null);
    private static readonly RoomReleased Released = new(RoomDayA, BookingA, ProposalA, "given_back");
    private static readonly RoomConfirmed Confirmed = new(RoomDayA, BookingA, ProposalA, new Money("3000.00", "CNY"), new(2023, 3, 1), "B-1");

    [Fact]
    [Requirement("F-04", "F-09")]
    public void An_accepted_forum_gets_a_room_for_a_part_of_a_day() =>
        Given<RoomDay>().When(Book.Decide, at: Noon).Then(Booked).AndAgainNothing();

    [Theory]
    [Requirement("F-04")]
    [InlineData(9, 12)]
    [InlineData(8, 10)]
    [InlineData(11, 13)]
    [InlineData(10, 11)]
    [InlineData(8, 13)]
    public void No_two_forums_have_a_room_at_once(int from, int to) =>
        Given<RoomDay>(Booked)
            .When((Book with { BookingId = Desk, Slot = new(OpenDay, new(from, 0), new(to, 0)) }).Decide, at: Noon)
            .ThenRefused("room.taken");

    [Theory]
    [Requirement("F-04")]
    [InlineData(12, 14)]
    [InlineData(7, 9)]
    public void One_forum_begins_when_another_ends(int from, int to)
    {
        var slot = new Slot(OpenDay, new(from, 0), new(to, 0));
        Given<RoomDay>(Booked).When((Book with { BookingId = Desk, Slot = slot }).Decide, at: Noon).Then(Booked with { BookingId = Desk, Slot = slot }).AndAgainNothing();
    }

    [Fact]
    public void A_released_time_is_free_again() =>
        Given<RoomDay>(Booked, Released).When((Book with { BookingId = Desk }).Decide, at: Noon).Then(Booked with { BookingId = Desk }).AndAgainNothing();

    [Fact]
    [Requirement("F-04", "F-09")]
    public void A_room_is_refused_for_what_it_cannot_be_given_to()
    {
        Given<RoomDay>().When((Book with { Room = null }).Decide, at: Noon).ThenRefused("room.unknown");
        Given<RoomDay>().When((Book with { Proposal = null }).Decide, at: Noon).ThenRefused("proposal.unknown");
        Given<RoomDay>().When((Book with { Slot = new(OpenDay, new(12, 0), new(9, 0)) }).Decide, at: Noon).ThenRefused("slot.backwards");
        Given<RoomDay>().When((Book with { Slot = Morning with { Day = new(2023, 4, 14) } }).Decide, at: Noon).ThenRefused("forum.outside_window");
        Given<RoomDay>().When((Book with { Proposal = Given<ForumProposal>(Drafted, Named, Submitted).State }).Decide, at: Noon).ThenRefused("proposal.not_accepted");
        Given<RoomDay>().When((Book with { Proposal = Forum with { Room = MorningRoom } }).Decide, at: Noon).ThenRefused("proposal.has_room");
        Given<RoomDay>().When((Book with { Proposal = Forum with { Form = Form() with { DeliveryMode = DeliveryMode.Online } } }).Decide, at: Noon).ThenRefused("proposal.online");
    }

    [Fact]
    [Requirement("E-14", "F-04")]
    public void A_room_that_is_too_small_needs_a_reason()
    {
        var small = Book with { Room = TwoRooms.Rooms[0] with { Capacity = 149 } };
        var why = new Override(Desk, "其余观众在线参加");
        Given<RoomDay>().When(small.Decide, at: Noon).ThenRefused("room.too_small");
        Given<RoomDay>().When((small with { OverCapacity = why }).Decide, at: Noon).Then(Booked with { OverCapacity = why }).AndAgainNothing();
        Given<RoomDay>().When((Book with { OverCapacity = why }).Decide, at: Noon).Then(Booked);
    }

    [Fact]
    [Requirement("F-04")]
    public void A_booking_is_confirmed_when_its_fee_is_paid()
    {
        var confirm = new ConfirmBooking(BookingA, Confirmed.Fee, Confirmed.PaidOn, "B-1");
        Given<RoomDay>(Booked).When(confirm.Decide, at: Noon).Then(Confirmed).AndAgainNothing();
        Given<RoomDay>(Booked, Released).When(confirm.Decide, at: Noon).ThenRefused("booking.released");
        Given<RoomDay>().When(confirm.Decide, at: Noon).ThenRefused("booking.unknown");
        Given<RoomDay>(Booked, Confirmed).When((Book with { BookingId = Desk }).Decide, at: Noon).ThenRefused("room.taken");
    }

    [Fact]
    [Requirement("F-04")]
    public void A_booking_is_released_by_the_group_or_with_its_proposal()
    {
        Given<RoomDay>(Booked).When(new ReleaseBooking(BookingA).Decide, at: Noon).Then(Released).AndAgainNothing();
        Given<RoomDay>(Booked, Confirmed).When(new ReleaseBooking(BookingA).Decide, at: Noon).Then(Released);
        Given<RoomDay>(Booked).When(new ReleaseBooking(Desk).Decide, at: Noon).ThenRefused("booking.unknown");
        Given<RoomDay>(Booked).When(new EndBooking(BookingA, "proposal_withdrawn").Decide, at: Noon).Then(Released with { Reason = "proposal_withdrawn" }).AndAgainNothing();
        Given<RoomDay>().When(new EndBooking(BookingA, "proposal_withdrawn").Decide, at: Noon).Then();
    }
}
