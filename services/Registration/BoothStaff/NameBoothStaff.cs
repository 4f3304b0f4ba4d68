using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Registration.Editions;
using Expo.Registration.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.BoothStaff;

/// <summary>Who is to work at the booth.</summary>
public sealed record NameBoothStaffRequest([Needed] Guid? PersonId);

/// <summary>Name one of an exhibitor's people as booth staff; while pass places are left, they get one at once.</summary>
public sealed record NameBoothStaff(string Edition, Guid OrganisationId, Guid PersonId)
{
    /// <summary>So many may wait for a first booth.</summary>
    private const int MostWaiting = 100;

    /// <summary>Before the first booth people wait in the order of naming; after it, there must be a place for them.</summary>
    public Decision<StaffRosterEvent> Decide(StaffRoster roster, DateTimeOffset now)
    {
        var id = StaffRoster.IdOf(Edition, OrganisationId);
        var named = new StaffNamed(id, Edition, OrganisationId, PersonId);
        return roster switch
        {
            _ when roster.Named.Contains(PersonId) => Decision<StaffRosterEvent>.Nothing,
            { Applications.Count: 0, Named.Count: < MostWaiting } => named,
            _ when roster.WithPass.Count < roster.Places => new Decision<StaffRosterEvent>.Accepted(
                named, new PassPlaceTaken(id, Edition, OrganisationId, PersonId)),
            _ => Refusal.Conflict("pass.quota_reached", "证件名额已满。", "All pass places of your booths are taken.")
                .With("places", roster.Places.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
    }
}

internal static class NameBoothStaffEndpoint
{
    public static void Map(RouteGroupBuilder staff) => staff
        .MapPost("", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("R-04")
        .WithName(nameof(NameBoothStaff))
        .WithSummary("Name one of your people as booth staff; they get a pass while places are left");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, NameBoothStaffRequest body, Caller caller, EditionCalendar editions, PeopleDirectory people, Streams streams, CancellationToken ct)
    {
        if (await editions.Find(edition, ct) is null)
            return EditionCalendar.Unknown.ToProblem();
        if (caller.OrganisationId is not { } organisation || await people.OrganisationOf(body.PersonId!.Value, ct) != organisation)
            return PeopleDirectory.Unknown.ToProblem();

        var command = new NameBoothStaff(edition, organisation, body.PersonId.Value);
        return await streams.Decide<StaffRoster, StaffRosterEvent>(
            StaffRoster.IdOf(edition, organisation), command.Decide, ct).NoContentOrProblem();
    }
}
