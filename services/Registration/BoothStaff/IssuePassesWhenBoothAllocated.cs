using Expo.Contracts.Exhibition;
using Expo.Kernel;
using Expo.Registration.Editions;
using MassTransit;

namespace Expo.Registration.BoothStaff;

/// <summary>Count an allocated booth, and give its pass places to those named so far.</summary>
/// <param name="Edition">The edition's code.</param>
/// <param name="OrganisationId">The exhibitor.</param>
/// <param name="ApplicationId">The application that got the booth.</param>
/// <param name="BoothId">The booth.</param>
/// <param name="PassPlaces">How many passes come with a booth in this edition; nothing when it was never announced.</param>
public sealed record CountBooth(string Edition, Guid OrganisationId, Guid ApplicationId, Guid BoothId, int? PassPlaces)
{
    /// <summary>Each allocation counts once; places go out in the order of naming.</summary>
    public Decision<StaffRosterEvent> Decide(StaffRoster roster, DateTimeOffset now)
    {
        if (PassPlaces is not { } more)
            return EditionCalendar.Unknown;
        if (roster.Applications.Contains(ApplicationId))
            return Decision<StaffRosterEvent>.Nothing;

        var id = StaffRoster.IdOf(Edition, OrganisationId);
        var places = roster.Named.Except(roster.WithPass).Take(roster.Places + more - roster.WithPass.Count)
            .Select(person => new PassPlaceTaken(id, Edition, OrganisationId, person));
        return new Decision<StaffRosterEvent>.Accepted([new BoothCounted(id, Edition, OrganisationId, ApplicationId, BoothId, more), .. places]);
    }
}

/// <summary>Exhibition allocated a booth; issue passes to the staff named for it.</summary>
[Requirement("R-04")]
[Delivery(Delivery.Counting)]
public sealed class IssuePassesWhenBoothAllocated(EditionCalendar editions, Streams streams) : IConsumer<BoothAllocated>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<BoothAllocated> context)
    {
        var told = context.Message;
        var edition = await editions.Find(told.EditionCode, context.CancellationToken);
        var command = new CountBooth(told.EditionCode, told.OrganisationId, told.ApplicationId, told.BoothId, edition?.PassesPerBooth);
        await streams.Decide<StaffRoster, StaffRosterEvent>(
            StaffRoster.IdOf(told.EditionCode, told.OrganisationId), command.Decide, context.CancellationToken).MustAccept();
    }
}
