using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Expo.Gateway.Tests.Defaults;

public sealed class ServerSpanSpecs : IAsyncLifetime
{
    private readonly ConcurrentQueue<Activity> spans = new();
    private readonly ActivityListener listener;
    private WebApplication? service;

    public ServerSpanSpecs()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => service = await Host.WithDefaults(app =>
    {
        app.MapGet("/booths/{booth}", (string booth) => booth).AllowAnonymous();
        app.MapGet("/broken", () => { throw new InvalidOperationException("the secret is 42"); }).AllowAnonymous();
    }, new Dictionary<string, string?> { ["Identity:Jwks"] = """{"keys":[]}""" });

    public async ValueTask DisposeAsync()
    {
        await service!.DisposeAsync();
        listener.Dispose();
    }

    [Fact]
    public async Task A_span_is_named_after_the_route_and_says_how_it_ended()
    {
        var span = await SpanOf("/booths/A12");
        Assert.Equal("GET /booths/{booth}", span.DisplayName);
        Assert.Equal("/booths/{booth}", span.GetTagItem("http.route"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task A_bug_is_a_span_with_the_exception_and_an_answer_without_it()
    {
        using var client = service!.Client();
        var answer = await client.GetAsync("/broken", Ct);
        var problem = await answer.AssertProblem(System.Net.HttpStatusCode.InternalServerError, "internal");
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);

        var span = await Stopped("/broken");
        Assert.Equal("GET /broken", span.DisplayName);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(typeof(InvalidOperationException).FullName, span.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
        Assert.Equal(span.TraceId.ToHexString(), (string?)problem["traceId"]);
    }

    [Fact]
    public async Task Health_probes_are_not_recorded() => Assert.False((await SpanOf("/health")).Recorded);

    private async Task<Activity> SpanOf(string path)
    {
        using var client = service!.Client();
        await client.GetAsync(path, Ct);
        return await Stopped(path);
    }

    // The span ends after the answer has been sent.
    private async Task<Activity> Stopped(string path)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        var port = service!.Address().Port;
        while (true)
        {
            if (spans.FirstOrDefault(span => (string?)span.GetTagItem("url.path") == path && (int?)span.GetTagItem("server.port") == port) is { } found)
            {
                return found;
            }
            await Task.Delay(10, deadline.Token);
        }
    }
}
