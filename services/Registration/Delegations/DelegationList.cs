using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Registration.Editions;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Delegations;

/// <summary>A delegation as everybody may see it.</summary>
public sealed record DelegationEntry(Guid Id, Text Name, DelegationKind Kind, string? Section);

internal static class DelegationListEndpoint
{
    public static void Map(RouteGroupBuilder delegations) => delegations
        .MapGet("", Handle)
        .AllowAnonymous()
        .Fulfils("R-14")
        .WithName("ListDelegations")
        .WithSummary("The delegations on an edition's list");

    private static async Task<Results<Ok<Page<DelegationEntry>>, ProblemHttpResult>> Handle(
        string edition, Paging paging, EditionCalendar editions, IQuerySession session, CancellationToken ct)
    {
        if (await editions.Find(edition, ct) is null)
            return EditionCalendar.Unknown.ToProblem();

        var rows = await session.QueryAsync<Delegation>(
            "where d.data -> 'Enrolled' ->> 'EditionCode' = ? and d.id::text > ? order by d.id::text limit ?", ct, edition, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<DelegationEntry>.Of(
            rows.Select(d => new DelegationEntry(d.Id, d.Enrolled!.Name, d.Enrolled.Kind, d.Enrolled.Section)).ToArray(), paging.Limit, d => d.Id.ToString()));
    }
}
