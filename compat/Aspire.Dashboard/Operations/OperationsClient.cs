using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Expo.Dashboard.Operations;

/// <summary>What a service said, word for word, or what the dashboard says in its place.</summary>
internal sealed record OperationsAnswer(int Status, JsonElement Body)
{
    public bool IsGood => Status is >= 200 and < 300;
}

/// <summary>Asks services with the account it is given.</summary>
internal sealed class OperationsClient(IHttpClientFactory clients)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Sends it; a token that is not accepted any more is renewed once.</summary>
    public async Task<OperationsAnswer> SendAsync(
        OperatorSession session, OperatedService service, HttpMethod method, string path, ReadOnlyMemory<byte> body, string? language, CancellationToken ct)
    {
        var answer = await SendAsync(session, service, method, path, body, language, rejected: null, ct).ConfigureAwait(false);
        return answer.Rejected is { } token
            ? (await SendAsync(session, service, method, path, body, language, token, ct).ConfigureAwait(false)).Answer
            : answer.Answer;
    }

    private async Task<(OperationsAnswer Answer, string? Rejected)> SendAsync(
        OperatorSession session, OperatedService service, HttpMethod method, string path, ReadOnlyMemory<byte> body, string? language, string? rejected, CancellationToken ct)
    {
        if (service.State != "Running")
        {
            return (Say(OperationsProblem.Away(service.State), language), null);
        }

        var (token, problem) = await session.TokenAsync(rejected, ct).ConfigureAwait(false);
        if (token is null)
        {
            return (Say(problem!, language), null);
        }

        using var request = new HttpRequestMessage(method, new Uri(service.Address, $"{service.Operations}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        if (method == HttpMethod.Get)
        {
            request.Unseen();
        }
        else
        {
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new("application/json") } };
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            using var answer = await clients.CreateClient(nameof(Operations)).SendAsync(request, limit.Token).ConfigureAwait(false);
            var said = await answer.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return (Read(answer.StatusCode, said, language), answer.StatusCode == HttpStatusCode.Unauthorized ? token : null);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (Say(OperationsProblem.Away(e is HttpRequestException ? "no answer" : "time-out"), language), null);
        }
    }

    private static OperationsAnswer Read(HttpStatusCode status, byte[] said, string? language)
    {
        try
        {
            return new((int)status, JsonSerializer.Deserialize<JsonElement>(said.Length == 0 ? "null"u8 : said));
        }
        catch (JsonException)
        {
            return Say(OperationsProblem.NotUnderstood((int)status), language);
        }
    }

    public static OperationsAnswer Say(OperationsProblem problem, string? language) => new(problem.Status, problem.For(language));
}

/// <summary>What the dashboard asks again and again leaves no traces among those of people.</summary>
internal static class UnseenRequests
{
    public static HttpRequestMessage Unseen(this HttpRequestMessage request)
    {
        // W3C: known by these ids, and not sampled.
        request.Headers.Add("traceparent", $"00-{System.Diagnostics.ActivityTraceId.CreateRandom()}-{System.Diagnostics.ActivitySpanId.CreateRandom()}-00");
        return request;
    }
}
