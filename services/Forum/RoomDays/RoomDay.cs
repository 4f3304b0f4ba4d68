using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Forum.RoomDays;

/// <summary>One room on one day: whatever overlaps meets here (requirement F-04).</summary>
public sealed record RoomDay(Guid Id, string EditionCode, string Room, DateOnly Day, IReadOnlyList<Booking> Bookings) : IState<RoomDay>
{
    /// <summary>A day on which nobody has asked for the room.</summary>
    public RoomDay()
        : this(Guid.Empty, "", "", default, [])
    {
    }

    /// <summary>One stream for each room and day of an edition.</summary>
    public static Guid IdOf(string edition, string room, DateOnly day) => NaturalId.For("room-day", edition, room, $"{day:yyyy-MM-dd}");

    /// <summary>A booking by its id.</summary>
    public Booking? Find(Guid bookingId) => Bookings.FirstOrDefault(booking => booking.Id == bookingId);

    /// <inheritdoc />
    public RoomDay Evolve(object @event) => @event switch
    {
        RoomBooked e => new(
            e.RoomDayId, e.EditionCode, e.Room, e.Slot.Day,
            [.. Bookings, new(e.BookingId, e.ProposalId, e.OrganisationId, e.Slot, BookingStatus.Held, e.OverCapacity)]),
        RoomConfirmed e => With(e.BookingId, BookingStatus.Confirmed),
        RoomReleased e => With(e.BookingId, BookingStatus.Released),
        _ => this,
    };

    private RoomDay With(Guid bookingId, BookingStatus status) =>
        this with { Bookings = [.. Bookings.Select(booking => booking.Id == bookingId ? booking with { Status = status } : booking)] };
}

/// <summary>A part of a room's day that a forum has.</summary>
public sealed record Booking(Guid Id, Guid ProposalId, Guid OrganisationId, Slot Slot, BookingStatus Status, Override? OverCapacity);

/// <summary>Where a booking stands (W5); what a proposal asks for is in its form.</summary>
public enum BookingStatus
{
    /// <summary>Nobody else can have it; the fee is not paid.</summary>
    Held,

    /// <summary>The fee is paid.</summary>
    Confirmed,

    /// <summary>It is over.</summary>
    Released,
}

/// <summary>Why a room cannot be had.</summary>
public static class RoomDayRefusals
{
    /// <summary>Somebody has it at that time.</summary>
    public static readonly Refusal Taken = Refusal.Conflict("room.taken", "该时段会议室已被占用。", "Another forum has the room at that time.");

    /// <summary>No forum is held on this day, so there is nothing to know about its rooms.</summary>
    public static readonly Refusal DayUnknown = Refusal.Unknown("day.unknown", "这一天不举办论坛。", "No forum is held on this day.");

    /// <summary>There is no such booking.</summary>
    public static readonly Refusal BookingUnknown = Refusal.Unknown("booking.unknown", "没有这项会议室预定。", "There is no such booking.");

    /// <summary>The booking is over.</summary>
    public static readonly Refusal Released = Refusal.Conflict("booking.released", "该会议室预定已释放。", "The booking was released.");
}
