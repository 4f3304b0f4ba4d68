using Expo.Forum.RoomDays;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Forum.Proposals;

/// <summary>A room was booked for a forum, or that booking was released; its proposal learns of it. If it cannot take the room, the booking is released.</summary>
internal sealed class RecordRoomWhenBooked(Streams streams) : IReact<RecordRoomGiven>, IReact<RecordRoomReleased>
{
    public static IEnumerable<Due> Due(RoomBooked booked, DateTimeOffset now) =>
        [new Due(now, booked.ProposalId, new RecordRoomGiven(new GivenRoom(booked.RoomDayId, booked.BookingId, booked.Room, booked.Slot)))];

    // A booking that ends because its proposal could not take it, or was withdrawn, is no news to that.
    public static IEnumerable<Due> Due(RoomReleased released, DateTimeOffset now) =>
        released.Reason == EndBooking.GivenBack ? [new Due(now, released.ProposalId, new RecordRoomReleased(released.BookingId))] : [];

    public async Task React(Guid stream, RecordRoomGiven command, CancellationToken ct)
    {
        if (await streams.Decide<ForumProposal, ProposalEvent>(stream, command.Decide, ct).MustAnswer() is { } why)
        {
            await streams.Decide<RoomDay, RoomDayEvent>(
                command.Room.RoomDayId, new EndBooking(command.Room.BookingId, why.Code).Decide, ct).MustAccept();
        }
    }

    public Task React(Guid stream, RecordRoomReleased command, CancellationToken ct) =>
        streams.Decide<ForumProposal, ProposalEvent>(stream, command.Decide, ct).MustAccept();
}
