using Expo.Forum.Proposals;
using Expo.Kernel;

namespace Expo.Forum.RoomDays;

/// <summary>What the rooms of an edition are booked for, day by day.</summary>
public static class RoomDaysModule
{
    /// <summary>Keeps the days of rooms.</summary>
    public static EventStoreBuilder AddRoomDays(this EventStoreBuilder store)
    {
        store.Services.AddScoped<BookedRooms>();
        return store
            .Stream<RoomDay>()
            .Marten(options => options.Schema.For<RoomDay>().Duplicate(row => row.EditionCode))
            .Event<RoomBooked>("room_booked")
            .Event<RoomConfirmed>("room_confirmed")
            .Event<RoomReleased>("room_released")
            .Timers<ProposalWithdrawn>(ReleaseRoomWhenProposalWithdrawn.Due)
            .Reaction<EndBooking, ReleaseRoomWhenProposalWithdrawn>("end_booking");
    }

    /// <summary>Serves the days of an edition's rooms.</summary>
    public static void MapRoomDays(this RouteGroupBuilder edition)
    {
        var days = edition.MapGroup("/room-days").WithTags("Room days");
        RoomScheduleEndpoints.Map(days);
        BookRoomEndpoint.Map(days);
        ReleaseBookingEndpoint.Map(days);
        ConfirmBookingEndpoint.Map(days);
    }
}
