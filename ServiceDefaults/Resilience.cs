using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Expo.ServiceDefaults;

/// <summary>Outgoing calls end in time, pause when the other side is down, and are repeated only where a repeat does no harm.</summary>
internal sealed class Resilience : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("request");

    private readonly ResiliencePipeline<HttpResponseMessage> pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddTimeout(TimeSpan.FromSeconds(30))
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(IsTransient(attempt.Outcome) && IsRepeatable(attempt.Context)),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            // Whoever answers "too many" is up: one caller's haste must not close the door to all.
            ShouldHandle = attempt => ValueTask.FromResult(IsTransient(attempt.Outcome) && attempt.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests),
        })
        .AddTimeout(TimeSpan.FromSeconds(10))
        .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Request, request);
        try
        {
            return await pipeline.ExecuteAsync(
                async attempt => await base.SendAsync(attempt.Properties.GetValue(Request, request), attempt.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => true,
        _ => false,
    };

    private static bool IsRepeatable(ResilienceContext context) =>
        context.Properties.TryGetValue(Request, out var request)
        && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
            || request.Headers.Contains("Idempotency-Key"));
}

/// <summary>Makes every HttpClient resilient; discovery is inside, so that each attempt may reach another instance.</summary>
internal static class ResilienceExtensions
{
    public static void AddResilience(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTransient<Resilience>();
        builder.Services.ConfigureHttpClientDefaults(client => client
            .AddHttpMessageHandler<Resilience>()
            .AddHttpMessageHandler<Discovery>());
    }
}
