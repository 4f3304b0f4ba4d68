using Expo.Kernel;

namespace Expo.Forum.Rooms;

/// <summary>The meeting rooms of an edition.</summary>
public static class RoomsModule
{
    /// <summary>Keeps plans of rooms.</summary>
    public static EventStoreBuilder AddRooms(this EventStoreBuilder store) => store
        .Stream<RoomPlan>()
        .Event<RoomPlanImported>("room_plan_imported");

    /// <summary>Serves the rooms of an edition.</summary>
    public static void MapRooms(this RouteGroupBuilder edition)
    {
        var rooms = edition.MapGroup("/rooms").WithTags("Rooms");
        ImportRoomsEndpoint.Map(rooms);
        RoomListEndpoints.Map(rooms);
    }
}
