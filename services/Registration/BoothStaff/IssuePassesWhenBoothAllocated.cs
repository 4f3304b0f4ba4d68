using Expo.Contracts.Exhibition;
using Expo.Kernel;
using Expo.Kernel.Messaging;
using Expo.Registration.Editions;
using MassTransit;

namespace Expo.Registration.BoothStaff;

/// <summary>Count an allocated booth, and give its pass places to those named so far.</summary>
public sealed record CountBooth(string Edition, Guid OrganisationId, Guid ApplicationId, Guid BoothId, int PassPlaces)
{
    /// <summary>Each allocation counts once; places go out in the order of naming.</summary>
    public Decision<StaffRosterEvent> Decide(StaffRoster roster, DateTimeOffset now)
    {
        if (roster.Applications.Contains(ApplicationId))
            return Decision<StaffRosterEvent>.Nothing;

        var id = StaffRoster.IdOf(Edition, OrganisationId);
        var places = roster.Named.Except(roster.WithPass).Take(roster.Places + PassPlaces - roster.WithPass.Count)
            .Select(person => new PassPlaceTaken(id, Edition, OrganisationId, person));
        return new Decision<StaffRosterEvent>.Accepted([new BoothCounted(id, Edition, OrganisationId, ApplicationId, BoothId, PassPlaces), .. places]);
    }
}

/// <summary>Exhibition allocated a booth; issue passes to the staff named for it.</summary>
[Delivery(Delivery.Counting)]
public sealed partial class IssuePassesWhenBoothAllocated(EditionCalendar editions, Streams streams, ILogger<IssuePassesWhenBoothAllocated> logger)
    : IConsumer<BoothAllocated>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<BoothAllocated> context)
    {
        var told = context.Message;
        if (await editions.Find(told.EditionCode, context.CancellationToken) is not { } edition)
        {
            // Exhibition knows editions only from us, so this is a message from elsewhere.
            UnknownEdition(logger, told.BoothId);
            return;
        }

        var command = new CountBooth(told.EditionCode, told.OrganisationId, told.ApplicationId, told.BoothId, edition.PassesPerBooth);
        await streams.Decide<StaffRoster, StaffRosterEvent>(
            StaffRoster.IdOf(told.EditionCode, told.OrganisationId), command.Decide, context.CancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Booth {Booth} was allocated in an edition that was never announced; no passes are issued")]
    private static partial void UnknownEdition(ILogger logger, Guid booth);
}
