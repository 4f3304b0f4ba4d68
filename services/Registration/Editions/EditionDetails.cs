using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Editions;

/// <summary>An edition as everybody may see it.</summary>
public sealed record EditionDetails(
    Guid Id, string Code, int Number, int Year, DeliveryMode DeliveryMode, Availability Availability, Text Name, Text? Theme,
    IReadOnlyList<DateOnly> OpenDays, IReadOnlyList<DateOnly> ArrivalDays, IReadOnlyList<DateOnly> MoveInDays,
    IReadOnlyList<Organiser> Organisers, IReadOnlyList<Deadline> Deadlines, int PassesPerBooth)
{
    /// <summary>What is shown of an announced edition.</summary>
    public static EditionDetails Of(Edition edition) => edition.Announced is { } e
        ? new(e.EditionId, e.Code, e.Number, e.Year, e.DeliveryMode, e.Availability, e.Name, e.Theme,
            e.OpenDays, e.ArrivalDays, e.MoveInDays, e.Organisers, edition.Deadlines, e.PassesPerBooth)
        : throw new System.Diagnostics.UnreachableException("Only announced editions are stored.");
}

internal static class EditionDetailsEndpoints
{
    public static void Map(RouteGroupBuilder editions)
    {
        editions.MapGet("", List).AllowAnonymous().Fulfils("E-01").WithName("ListEditions").WithSummary("Every edition");
        editions.MapGet("/{edition}", Get).AllowAnonymous().Fulfils("E-01")
            .WithName("GetEdition").WithSummary("One edition with its deadlines as they are now");
    }

    private static async Task<Ok<Page<EditionDetails>>> List(Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Edition>(
            "where d.data -> 'Announced' ->> 'Code' > ? order by d.data -> 'Announced' ->> 'Code' limit ?", ct, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<EditionDetails>.Of(rows.Select(EditionDetails.Of).ToArray(), paging.Limit, edition => edition.Code));
    }

    private static async Task<Results<Ok<EditionDetails>, ProblemHttpResult>> Get(string edition, Streams streams, CancellationToken ct) =>
        (await streams.Read<Edition>(Edition.IdOf(edition), ct)).State is { } found
            ? TypedResults.Ok(EditionDetails.Of(found))
            : Edition.Unknown.ToProblem();
}
