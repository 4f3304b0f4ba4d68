namespace Expo.Forum.Rooms;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to an edition's plan of rooms.</summary>
public abstract record RoomPlanEvent;

/// <summary>The whole plan was imported; each import is the next version.</summary>
public sealed record RoomPlanImported(Guid RoomPlanId, string EditionCode, int Version, RoomLayout Layout) : RoomPlanEvent;
