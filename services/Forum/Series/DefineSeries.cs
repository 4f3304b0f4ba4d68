using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Series;

/// <summary>Say what a forum series is.</summary>
public sealed record DefineSeries(string Code, SeriesDefinition Definition)
{
    /// <summary>A series goes on counting from expo to expo, never back.</summary>
    public Decision<SeriesEvent> Decide(ForumSeries series, DateTimeOffset now) => series.Definition switch
    {
        { } known when Definition.Says(known) => Decision<SeriesEvent>.Nothing,
        { Edition: { } latest } when Definition.Edition is not { } next || next < latest => Refusal.Rule(
            "series.edition_lower", "届次不能减少。", "The number of a series never goes down.").With("edition", $"{latest}"),
        _ => new SeriesDefined(ForumSeries.IdOf(Code), Code, Definition),
    };
}

internal static class DefineSeriesEndpoint
{
    public static void Map(RouteGroupBuilder series) => series
        .MapPut("/{code}", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("F-01", "F-02", "E-05")
        .WithName(nameof(DefineSeries))
        .WithSummary("Define a forum series, or define it anew");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        [RegularExpression("^[a-z][a-z0-9_]{1,63}$", ErrorMessage = "Two to 64 lower-case letters, digits and underscores.")] string code,
        SeriesDefinition body, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ForumSeries, SeriesEvent>(ForumSeries.IdOf(code), new DefineSeries(code, body).Decide, new With { IfMatch = ifMatch }, ct)
            .NoContentOrProblem();
}
