using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Expo.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Dashboard.Resources;

/// <summary>The running application for the pages, scripts and tests: <c>/api/resources</c>, <c>/api/console</c>, <c>/api/changes</c>.</summary>
public static class ResourceApi
{
    private const int DefaultLines = 1_000;
    private const int MostLines = 10_000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    /// <summary>Maps it.</summary>
    public static void MapResourceApi(this IEndpointRouteBuilder routes, IDashboardResources resources)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapGet("/api/resources", () => TypedResults.Ok(resources.List()));
        routes.MapGet("/api/resources/{name}", Results<Ok<ResourceView>, NotFound> (string name) =>
            Find(resources, name) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound());
        routes.MapPost("/api/resources/{name}/commands/{command}", async (string name, string command, CancellationToken ct) =>
            Answer(await resources.ExecuteAsync(name, command, ct).ConfigureAwait(false)));
        routes.MapGet("/api/resources/{name}/console", (HttpRequest request, string name, int? last, bool? follow) =>
            Find(resources, name) is null ? TypedResults.NotFound() : Console(request, resources, name, last, follow));
        routes.MapGet("/api/console", (HttpRequest request, int? last, bool? follow) => Console(request, resources, null, last, follow));
        routes.MapGet("/api/changes", (TelemetryWriter writer, CancellationToken ct) =>
            TypedResults.ServerSentEvents(ChangesAsync(resources, writer, ct)));
    }

    private static ResourceView? Find(IDashboardResources resources, string name) =>
        resources.List().FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));

    private static JsonHttpResult<MessageBody> Answer(CommandResult result) => TypedResults.Json(new MessageBody(result.Message), statusCode: result.End switch
    {
        CommandEnd.Done => StatusCodes.Status200OK,
        CommandEnd.Unknown => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    });

    /// <summary>JSON; text for <c>Accept: text/plain</c> (a download); a stream with <c>follow=true</c>.</summary>
    private static IResult Console(HttpRequest request, IDashboardResources resources, string? name, int? last, bool? follow)
    {
        var count = Math.Clamp(last ?? DefaultLines, 0, MostLines);
        if (follow == true)
        {
            return TypedResults.ServerSentEvents(resources.FollowConsoleAsync(name, count, request.HttpContext.RequestAborted));
        }

        var lines = resources.Console(name, count);
        return request.Headers.Accept.ToString().StartsWith("text/plain", StringComparison.Ordinal) || request.Query["format"] == "text"
            ? TypedResults.Text(Text(lines, withNames: name is null), "text/plain", Encoding.UTF8)
            : TypedResults.Ok(lines);
    }

    private static string Text(IReadOnlyList<ConsoleLine> lines, bool withNames) => string.Concat(lines.Select(line =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Time:O} {(withNames ? $"{line.Resource} " : "")}{line.Text}\n")));

    /// <summary>Says at most a few times a second what has changed: <c>resources</c> with their names, <c>telemetry</c> without.</summary>
    private static async IAsyncEnumerable<SseItem<string>> ChangesAsync(
        IDashboardResources resources, TelemetryWriter writer, [EnumeratorCancellation] CancellationToken ct)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var (gate, names, stored) = (new Lock(), new HashSet<string>(), 0);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = WatchAsync();
        writer.Stored += Stored;
        try
        {
            yield return new("", "hello");
            while (await wake.Reader.WaitToReadAsync(ct).ConfigureAwait(false))
            {
                wake.Reader.TryRead(out _);
                string changed;
                lock (gate)
                {
                    changed = string.Join(' ', names);
                    names.Clear();
                }

                if (changed.Length > 0)
                {
                    yield return new(changed, "resources");
                }

                if (Interlocked.Exchange(ref stored, 0) > 0)
                {
                    yield return new("", "telemetry");
                }

                await Task.Delay(Pace, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            writer.Stored -= Stored;
            await ended.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }

        void Stored()
        {
            Interlocked.Exchange(ref stored, 1);
            wake.Writer.TryWrite(true);
        }

        async Task WatchAsync()
        {
            try
            {
                await foreach (var name in resources.ChangesAsync(ended.Token).ConfigureAwait(false))
                {
                    lock (gate)
                    {
                        names.Add(name);
                    }

                    wake.Writer.TryWrite(true);
                }
            }
            catch (OperationCanceledException)
            {
                // Nobody listens any more.
            }
        }
    }

    private sealed record MessageBody(string Message);
}
