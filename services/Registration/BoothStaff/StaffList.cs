using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Registration.Passes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.BoothStaff;

/// <summary>An exhibitor's booth staff in one edition.</summary>
/// <param name="Id">The list's id.</param>
/// <param name="OrganisationId">The exhibitor.</param>
/// <param name="Booths">How many booths it was allocated.</param>
/// <param name="PassPlaces">How many passes come with them.</param>
/// <param name="Staff">Who was named, in that order.</param>
public sealed record StaffList(Guid Id, Guid OrganisationId, int Booths, int PassPlaces, IReadOnlyList<StaffMember> Staff);

/// <summary>One of those named, with their pass once they have a place.</summary>
public sealed record StaffMember(Guid PersonId, Guid? PassId);

internal static class StaffListEndpoint
{
    public static void Map(RouteGroupBuilder staff) => staff
        .MapGet("", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName("GetBoothStaff")
        .WithSummary("Your booth staff in an edition, with pass places and passes");

    private static async Task<Results<Ok<StaffList>, ProblemHttpResult>> Handle(string edition, Caller caller, Streams streams, CancellationToken ct)
    {
        if (caller.OrganisationId is not { } organisation
            || (await streams.Read<StaffRoster>(StaffRoster.IdOf(edition, organisation), ct)).State is not { } roster)
            return StaffRoster.Unknown.ToProblem();

        return TypedResults.Ok(new StaffList(
            roster.Id, organisation, roster.Applications.Count, roster.Places,
            roster.Named.Select(person => new StaffMember(
                person, roster.WithPass.Contains(person) ? new PassWanted(edition, organisation, person).PassId : null)).ToArray()));
    }
}
