using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Forum.Rooms;

/// <summary>The meeting rooms of an edition's venues as they are planned now.</summary>
public sealed record RoomPlan(Guid Id, string EditionCode, int Version, RoomLayout? Layout) : IState<RoomPlan>
{
    /// <summary>The edition has no plan yet.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("room_plan.unknown", "本届大会还没有会议室方案。", "This edition has no plan of rooms yet.");

    /// <summary>The room is not on the plan.</summary>
    public static readonly Refusal RoomUnknown = Refusal.Unknown("room.unknown", "没有这个会议室。", "There is no such room.");

    /// <summary>A plan that was never imported.</summary>
    public RoomPlan()
        : this(Guid.Empty, "", 0, null)
    {
    }

    /// <summary>One plan for each edition.</summary>
    public static Guid IdOf(string edition) => NaturalId.For("room-plan", edition);

    /// <summary>A room by its code.</summary>
    public PlannedRoom? Room(string code) => Layout?.Rooms.FirstOrDefault(room => room.Code == code);

    /// <summary>A venue by its code.</summary>
    public RoomVenue? Venue(string? code) => Layout?.Venues.FirstOrDefault(venue => venue.Code == code);

    /// <inheritdoc />
    public RoomPlan Evolve(object @event) => @event switch
    {
        RoomPlanImported e => new(e.RoomPlanId, e.EditionCode, e.Version, e.Layout),
        _ => this,
    };
}

/// <summary>Where a plan of rooms comes from.</summary>
public enum RoomPlanSource
{
    /// <summary>Made up by us, since no source lists the rooms.</summary>
    Synthetic,

    /// <summary>Given by the venue's operator.</summary>
    VenueOperator,
}

/// <summary>The rooms and the venues that they are in; stored as it is written.</summary>
public sealed record RoomLayout(
    [Needed] RoomPlanSource? Source,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(50)] IReadOnlyList<RoomVenue> Venues,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(500)] IReadOnlyList<PlannedRoom> Rooms)
{
    /// <summary>Whether it says the same, member for member.</summary>
    public bool Says(RoomLayout? other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);
}

/// <summary>A venue with meeting rooms.</summary>
public sealed record RoomVenue([Needed, LengthUpTo(64)] string Code, [Needed, TextUpTo(200)] Text Name);

/// <summary>A meeting room.</summary>
/// <param name="Code">Its code, unique in the edition; it stands in addresses.</param>
/// <param name="Venue">The code of its venue.</param>
/// <param name="Name">Its name.</param>
/// <param name="Capacity">How many people it seats.</param>
/// <param name="Floor">The floor that it is on.</param>
public sealed record PlannedRoom(
    [Needed, RegularExpression("^[a-z0-9][a-z0-9_-]{0,31}$", ErrorMessage = "Up to 32 lower-case letters, digits, hyphens and underscores.")] string Code,
    [Needed, LengthUpTo(64)] string Venue,
    [Needed, TextUpTo(200)] Text Name,
    [Needed, Within(1, 100_000)] int? Capacity,
    [Within(-10, 200)] int? Floor);
