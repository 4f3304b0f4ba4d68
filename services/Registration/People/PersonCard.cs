using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.People;

/// <summary>A person as their organisation and the committee see them; without details when they were erased.</summary>
public sealed record PersonCard(Guid Id, Guid OrganisationId, string? NameZh, string? NameEn, string? Phone, string? Email, string? Title)
{
    internal static PersonCard Of(Person person, PersonDetails? details) =>
        new(person.Id, person.OrganisationId, details?.NameZh, details?.NameEn, details?.Phone, details?.Email, details?.Title);
}

internal static class PersonCardEndpoints
{
    public static void Map(RouteGroupBuilder people)
    {
        people.MapGet("/{id:guid}", Get).Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer)
            .WithName("GetPerson").WithSummary("One of your organisation's people");
        people.MapGet("", List).Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer)
            .WithName("ListPeople").WithSummary("Your organisation's people; the committee names the organisation");
    }

    public static bool MayRead(Person person, Caller caller) =>
        caller.Is(Roles.CommitteeOfficer) || (caller.Is(Roles.OrganisationAdministrator) && person.OrganisationId == caller.OrganisationId);

    private static async Task<Results<Ok<PersonCard>, ProblemHttpResult>> Get(
        Guid id, Caller caller, Streams streams, PersonalData personal, HttpResponse response, CancellationToken ct)
    {
        if ((await streams.Read<Person>(id, ct)).State is not { } person || !MayRead(person, caller))
            return Person.Unknown.ToProblem();

        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(PersonCard.Of(person, await personal.Read<PersonDetails>(id, ct)));
    }

    private static async Task<Ok<Page<PersonCard>>> List(
        Guid? organisation, Paging paging, Caller caller, IQuerySession session, PersonalData personal, HttpResponse response, CancellationToken ct)
    {
        var whose = caller.Is(Roles.CommitteeOfficer) ? organisation ?? Guid.Empty : caller.OrganisationId ?? Guid.Empty;
        var people = await session.QueryAsync<Person>(
            "where d.organisation_id = ? and d.id::text > ? order by d.id::text limit ?", ct, whose, paging.After, paging.Limit + 1);
        var details = await personal.Read<PersonDetails>(people.Select(person => person.Id), ct);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page<PersonCard>.Of(
            people.Select(person => PersonCard.Of(person, details.GetValueOrDefault(person.Id))).ToArray(), paging.Limit, person => person.Id.ToString()));
    }
}
