using Expo.Forum.Rooms;
using static Expo.TestKit.Spec;

namespace Expo.Forum.Tests.Rooms;

public sealed class ImportRoomsSpecs
{
    private static readonly RoomLayout Small = Samples.TwoRooms;
    private static readonly RoomPlanImported Imported = new(RoomPlan.IdOf(Samples.Edition), Samples.Edition, 1, Small);

    private static ImportRooms Import(RoomLayout layout, params string[] inUse) => new(Samples.Edition, layout, inUse.ToHashSet());

    [Fact]
    [Requirement("F-04")]
    public void A_plan_of_rooms_is_imported_and_the_next_one_is_a_version()
    {
        Given<RoomPlan>().When(Import(Small).Decide, at: Samples.Noon).Then(Imported).AndAgainNothing();
        var next = Small with { Rooms = [Small.Rooms[0]] };
        Given<RoomPlan>(Imported).When(Import(next, "five-01").Decide, at: Samples.Noon).Then(Imported with { Version = 2, Layout = next }).AndAgainNothing();
    }

    [Fact]
    [Requirement("F-04")]
    public void A_booked_room_cannot_vanish() =>
        Given<RoomPlan>(Imported).When(Import(Small with { Rooms = [Small.Rooms[0]] }, "six-01").Decide, at: Samples.Noon).ThenRefused("room_plan.room_in_use");

    [Fact]
    public void A_code_occurs_once_and_a_room_is_in_a_venue_of_the_plan()
    {
        Given<RoomPlan>().When(Import(Small with { Rooms = [Small.Rooms[0], Small.Rooms[0]] }).Decide, at: Samples.Noon).ThenRefused("room_plan.code_repeated");
        Given<RoomPlan>().When(Import(Small with { Venues = [Small.Venues[0], Small.Venues[0]] }).Decide, at: Samples.Noon).ThenRefused("room_plan.code_repeated");
        Given<RoomPlan>().When(Import(Small with { Rooms = [Small.Rooms[0] with { Venue = "nowhere" }] }).Decide, at: Samples.Noon).ThenRefused("room_plan.venue_unknown");
    }
}
