using Expo.Forum.Proposals;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Forum.RoomDays;

/// <summary>A proposal was withdrawn; its room is free again.</summary>
internal sealed class ReleaseRoomWhenProposalWithdrawn(Streams streams) : IReact<EndBooking>
{
    public static IEnumerable<Due> Due(ProposalWithdrawn withdrawn, DateTimeOffset now) =>
        withdrawn.Room is { } room ? [new Due(now, room.RoomDayId, new EndBooking(room.BookingId, "proposal_withdrawn"))] : [];

    public Task React(Guid stream, EndBooking command, CancellationToken ct) =>
        streams.Decide<RoomDay, RoomDayEvent>(stream, command.Decide, ct).MustAccept();
}
