using Expo.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Expo.Dashboard.Api;

/// <summary>Telemetry for scripts and tests, and for the pages: <c>/api/telemetry/…</c>.</summary>
internal static class TelemetryApi
{
    private const int MaxLimit = 1_000;
    private const int MostOfTrace = 5_000;
    private const int ProblemMinutes = 15;
    private const int MaxMinutes = 24 * 60;

    public static void MapTelemetryApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/telemetry");
        api.MapGet("/traces", (HttpRequest request, TraceQueries traces) => TypedResults.Ok(traces.List(FilterOf(request))));
        api.MapGet("/traces/{id:regex(^[0-9a-f]{{32}}$)}", Trace);
        api.MapGet("/spans", (HttpRequest request, TraceQueries traces) => TypedResults.Ok(traces.Spans(FilterOf(request))));
        api.MapGet("/logs", (HttpRequest request, LogQueries logs) => TypedResults.Ok(logs.List(FilterOf(request))));
        api.MapGet("/instruments", (MetricQueries metrics) => TypedResults.Ok(metrics.Instruments()));
        api.MapGet("/instruments/{id:long}", (long id, string[] by, HttpRequest request, MetricQueries metrics, TimeProvider clock) =>
        {
            var filter = FilterOf(request);
            var to = filter.To ?? clock.GetUtcNow();
            return TypedResults.Ok(metrics.Chart(id, filter.From ?? to.AddMinutes(-5), to, by, filter.Attributes ?? new Dictionary<string, string>()));
        });
        api.MapGet("/problems", (int? minutes, ProblemQueries problems, TimeProvider clock) =>
            TypedResults.Ok(problems.Since(Ago(minutes, clock))));
        api.MapGet("/latest", (int? minutes, string[] name, LatestQueries latest, TimeProvider clock) =>
            TypedResults.Ok(latest.Since(Ago(minutes, clock), name)));
        api.MapGet("/sources", (ProblemQueries problems) => TypedResults.Ok(problems.Sources()));
        api.MapGet("/state", (TelemetryWriter writer) => TypedResults.Ok(
            new { Spans = writer[TelemetryKind.Spans], Logs = writer[TelemetryKind.Logs], Points = writer[TelemetryKind.Points], writer.Waiting }));
    }

    private static DateTimeOffset Ago(int? minutes, TimeProvider clock) =>
        clock.GetUtcNow().AddMinutes(-Math.Clamp(minutes ?? ProblemMinutes, 1, MaxMinutes));

    private static Results<Ok<TraceDetails>, NotFound> Trace(string id, TraceQueries traces, LogQueries logs) =>
        traces.Trace(id, MostOfTrace) is { Count: > 0 } spans
            ? TypedResults.Ok(new TraceDetails(spans.Count < MostOfTrace ? spans.Count : traces.Count(id), spans, logs.OfTrace(id, MostOfTrace)))
            : TypedResults.NotFound();

    /// <summary><c>?source=&amp;text=&amp;from=&amp;to=&amp;failed=true&amp;severity=&amp;noise=true&amp;before=&amp;limit=&amp;longer=MILLISECONDS&amp;attribute=name:value</c></summary>
    private static TelemetryFilter FilterOf(HttpRequest request)
    {
        var query = request.Query;
        return new TelemetryFilter(
            Text("source"), Text("text"), Attributes(), Time("from"), Time("to"), Flag("failed"), (int)Number("severity", 0), Flag("noise"), Number("before", 0),
            (int)Math.Clamp(Number("limit", 100), 1, MaxLimit), Number("longer", 0));

        string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

        bool Flag(string name) => query[name] == "true";

        long Number(string name, long otherwise) =>
            Text(name) is not { } text ? otherwise
            : long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0 ? number
            : throw new BadHttpRequestException($"{name} must be a number from 0 on.");

        DateTimeOffset? Time(string name) =>
            Text(name) is not { } text ? null
            : DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time
            : throw new BadHttpRequestException($"{name} must be a time such as 2023-11-15T09:00:00Z.");

        Dictionary<string, string> Attributes() => query["attribute"]
            .Select(pair => pair!.Split(':', 2) is { Length: 2 } parts ? parts : throw new BadHttpRequestException("attribute must be name:value."))
            .GroupBy(pair => pair[0]).ToDictionary(same => same.Key, same => same.Last()[1]);
    }
}

/// <summary>A trace with everything in it, or its first 5,000 spans and records if there are more.</summary>
internal sealed record TraceDetails(int Total, IReadOnlyList<SpanDetails> Spans, IReadOnlyList<LogDetails> Logs);
