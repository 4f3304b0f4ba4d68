using Expo.Forum.Proposals;
using Expo.Forum.Rooms;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.RoomDays;

/// <summary>Which forum gets the room, from when to when (Shanghai), and why if it seats fewer people than are expected.</summary>
public sealed record BookRoomRequest(
    [Needed] Guid? ProposalId, [Needed] TimeOnly? From, [Needed] TimeOnly? To, [LengthUpTo(500)] string? OverrideReason);

/// <summary>The id of a new booking.</summary>
public sealed record BookedRoom(Guid BookingId);

/// <summary>Give an accepted forum a room for a part of a day.</summary>
/// <param name="EditionCode">The edition.</param>
/// <param name="BookingId">The new booking.</param>
/// <param name="Room">The room, if it is on the plan.</param>
/// <param name="Proposal">The forum's proposal, if it exists for the caller.</param>
/// <param name="Slot">From when to when.</param>
/// <param name="Calendar">The edition's calendar.</param>
/// <param name="OverCapacity">Who sets the room's size aside, and why.</param>
public sealed record BookRoom(
    string EditionCode, Guid BookingId, PlannedRoom? Room, ForumProposal? Proposal, Slot Slot, ForumCalendar Calendar, Override? OverCapacity)
{
    /// <summary>No two forums at once. That a room seats enough is a soft rule: a reason sets it aside.</summary>
    public Decision<RoomDayEvent> Decide(RoomDay day, DateTimeOffset now)
    {
        if (day.Find(BookingId) is not null)
            return Decision<RoomDayEvent>.Nothing;
        if (Room is null)
            return RoomPlan.RoomUnknown;
        if (Proposal is null)
            return ProposalRefusals.Unknown;
        if (Slot.Check() is { } backwards)
            return backwards;
        if (Calendar.CheckDay(Slot.Day) is { } outside)
            return outside;
        if (Proposal.Status != ProposalStatus.Accepted)
            return ProposalRefusals.NotAccepted;
        if (Proposal.Form!.DeliveryMode == DeliveryMode.Online)
            return Refusal.Rule("proposal.online", "线上论坛不需要会议室。", "A forum that is held online needs no room.");
        if (day.Bookings.Any(booking => booking.Status != BookingStatus.Released && booking.Slot.Overlaps(Slot)))
            return RoomDayRefusals.Taken;
        if (Proposal.Room is not null)
            return ProposalRefusals.HasRoom;

        var tooSmall = Room.Capacity < Proposal.Form.Audience;
        if (tooSmall && OverCapacity is null)
        {
            return Refusal.Rule("room.too_small", "会议室容量小于预计人数；如仍需安排，请说明理由。", "The room seats fewer people than are expected. Say why, if it is to be this one.")
                .With("capacity", $"{Room.Capacity}").With("audience", $"{Proposal.Form.Audience}");
        }

        return new RoomBooked(
            RoomDay.IdOf(EditionCode, Room.Code, Slot.Day), EditionCode, Room.Code, BookingId, Proposal.Id, Proposal.OrganisationId, Slot,
            tooSmall ? OverCapacity : null);
    }
}

internal static class BookRoomEndpoint
{
    public static void Map(RouteGroupBuilder days) => days
        .MapPost("/{room}/{date}/bookings", Handle)
        .Allow(Roles.ShenzhenGroup)
        .Fulfils("F-04", "F-09", "E-14")
        .WithName(nameof(BookRoom))
        .WithSummary("Give an accepted forum a room for a part of a day");

    private static async Task<Results<Created<BookedRoom>, ProblemHttpResult>> Handle(
        string edition, string room, DateOnly date, BookRoomRequest body, Caller caller, ForumCalendars calendars, Streams streams, CancellationToken ct)
    {
        var (plan, _) = await streams.Read<RoomPlan>(RoomPlan.IdOf(edition), ct);
        var (proposal, _) = await streams.Read<ForumProposal>(body.ProposalId!.Value, ct);
        var command = new BookRoom(
            edition, Guid.CreateVersion7(), plan?.Room(room), IsThere(proposal, edition, caller) ? proposal : null,
            new Slot(date, body.From!.Value, body.To!.Value), await calendars.Of(edition, ct),
            string.IsNullOrWhiteSpace(body.OverrideReason) ? null : new Override(caller.AccountId, body.OverrideReason));
        var reply = Reply.Created($"/api/forum/v1/editions/{edition}/room-days/{room}/{date:yyyy-MM-dd}", new BookedRoom(command.BookingId));
        return await streams.Decide<RoomDay, RoomDayEvent>(RoomDay.IdOf(edition, room, date), command.Decide, new With { Reply = reply }, ct)
            .CreatedOrProblem<BookedRoom>();
    }

    // An accepted forum is public, whoever accepted it; any other proposal exists for its own group only.
    private static bool IsThere(ForumProposal? proposal, string edition, Caller caller) =>
        proposal is not null && ((proposal.Status == ProposalStatus.Accepted && proposal.EditionCode == edition) || ProposalReader.Of(edition, caller).Reads(proposal));
}
