using Expo.Exhibition.FloorPlans;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Booths;

/// <summary>A booth as it is shown; whose it is stays hidden while it is only held, but for the holder and the committee.</summary>
public sealed record ListedBooth(
    Guid Id, string Hall, string Number, string Zone, string? Section, decimal AreaM2, BoothKind Kind, DeliveryMode DeliveryMode, BoothStatus State,
    DateTimeOffset? HeldUntil, Guid? OrganisationId);

/// <summary>The booths of an edition that cannot leave its plan now.</summary>
internal sealed class BoothsInUse(IQuerySession session)
{
    /// <summary>Each as <c>hall/number</c>.</summary>
    public async Task<IReadOnlyList<string>> Places(string edition, CancellationToken ct)
    {
        var booths = await session.QueryAsync<Booth>("where d.edition_code = ? and d.data ->> 'Status' in ('held', 'allocated')", ct, edition);
        return booths.Select(booth => $"{booth.Hall}/{booth.Number}").ToArray();
    }
}

internal static class BoothListEndpoints
{
    private const string Place = "(d.data ->> 'Hall') || '/' || (d.data ->> 'Number')";

    public static void Map(RouteGroupBuilder booths)
    {
        booths.MapGet("", List).AllowAnonymous().Fulfils("X-12").WithName("ListBooths").WithSummary("The booths on the plan, by hall and number");
        booths.MapGet("/{boothId:guid}", One).AllowAnonymous().Fulfils("X-12").WithName("GetBooth").WithSummary("One booth");
        booths.MapHistory<Booth>("GetBoothHistory", BoothRefusals.Unknown, (_, caller) => caller.Is(Roles.CommitteeOfficer)).Allow(Roles.CommitteeOfficer);
    }

    private static async Task<Ok<Page<ListedBooth>>> List(
        string edition, Paging paging, Caller? caller, IQuerySession session, CancellationToken ct,
        [LengthUpTo(64)] string zone = "", [OneOf("free", "held", "allocated")] string? state = null)
    {
        var rows = await session.QueryAsync<Booth>(
            $"""
            where d.edition_code = ? and d.data ->> 'Status' <> 'unplanned' and {Place} > ?
            and (? = '' or d.data ->> 'Zone' = ?) and (? = '' or d.data ->> 'Status' = ?) order by {Place} limit ?
            """,
            ct, edition, paging.After, zone, zone, state ?? "", state ?? "", paging.Limit + 1);
        var booths = rows.Select(booth => Show(booth, caller)).ToArray();
        return TypedResults.Ok(Page<ListedBooth>.Of(booths, paging.Limit, booth => $"{booth.Hall}/{booth.Number}"));
    }

    private static async Task<Results<Ok<ListedBooth>, ProblemHttpResult>> One(
        string edition, Guid boothId, Caller? caller, Streams streams, CancellationToken ct)
    {
        var (booth, _) = await streams.Read<Booth>(boothId, ct);
        var known = booth is not null && booth.Status != BoothStatus.Unplanned && booth.EditionCode == edition;
        return (known ? Show(booth!, caller) : null).OkOr(BoothRefusals.Unknown);
    }

    private static ListedBooth Show(Booth booth, Caller? caller)
    {
        var mayKnow = booth.Status == BoothStatus.Allocated
            || (caller is not null && booth.Hold is { } hold && Scope.Of(booth.EditionCode, caller).Covers(booth.EditionCode, hold.OrganisationId));
        return new(
            booth.Id, booth.Hall, booth.Number, booth.Zone, booth.Section, booth.AreaM2, booth.Kind, booth.DeliveryMode, booth.Status,
            booth.Status == BoothStatus.Held ? booth.Hold?.Until : null, mayKnow ? booth.Hold?.OrganisationId : null);
    }
}
