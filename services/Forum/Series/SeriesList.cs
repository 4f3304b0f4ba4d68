using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Series;

/// <summary>A forum series as everybody may see it.</summary>
public sealed record ListedSeries(Guid Id, string Code, ForumTier Tier, Text Name, int? Edition, IReadOnlyList<Organiser> Organisers)
{
    internal static ListedSeries Of(ForumSeries series) =>
        new(series.Id, series.Code, series.Definition!.Tier!.Value, series.Definition.Name, series.Definition.Edition, series.Definition.Organisers);
}

internal static class SeriesListEndpoints
{
    public static void Map(RouteGroupBuilder series)
    {
        series.MapGet("", List).AllowAnonymous().Fulfils("F-02").WithName("ListSeries").WithSummary("The forum series, by code");
        series.MapGet("/{code}", One).AllowAnonymous().Fulfils("F-02").WithName("GetSeries").WithSummary("One forum series");
        series.MapHistory<ForumSeries>("GetSeriesHistory", ForumSeries.Unknown, (_, _) => true).Allow(Roles.CommitteeOfficer);
    }

    private static async Task<Ok<Page<ListedSeries>>> List(Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<ForumSeries>(
            "where d.data ->> 'Code' > ? order by d.data ->> 'Code' limit ?", ct, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ListedSeries>.Of(rows.Select(ListedSeries.Of).ToArray(), paging.Limit, series => series.Code));
    }

    private static async Task<Results<Ok<ListedSeries>, ProblemHttpResult>> One(string code, Streams streams, CancellationToken ct)
    {
        var (series, _) = await streams.Read<ForumSeries>(ForumSeries.IdOf(code), ct);
        return (series is null ? null : ListedSeries.Of(series)).OkOr(ForumSeries.Unknown);
    }
}
