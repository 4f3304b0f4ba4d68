using System.Text.Json;
using System.Text.RegularExpressions;
using Expo.Dashboard.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Expo.Dashboard.Operations;

/// <summary>
/// The services' operations for whoever is logged in to the dashboard: <c>/api/operations?of=PATH</c> asks all services, <c>/api/operations/{service}/PATH</c> one.
/// The dashboard asks with an account of its own, and acts with that of the person if they have signed in (<c>/api/operator</c>); what services answer
/// and refuse is passed on as it is.
/// </summary>
public static partial class OperationsApi
{
    private const int MostBytes = 16 * 1024;

    /// <summary>Maps it.</summary>
    public static void MapOperationsApi(
        this IEndpointRouteBuilder routes, IDashboardResources resources, OperationsOptions options, IHttpClientFactory clients, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var services = new OperatedServices(resources, clients, options, clock);
        var operators = new Operators(services, clients, options, clock);
        var client = new OperationsClient(clients);

        routes.MapGet("/api/operations", async Task<Results<Ok<OperationsOfService[]>, JsonHttpResult<JsonElement>>> (HttpRequest request, string of, CancellationToken ct) =>
        {
            if (PathOf(of) is not { } path)
            {
                return Answer(OperationsClient.Say(OperationsProblem.BadPath, LanguageOf(request)));
            }

            var all = await services.ListAsync(ct).ConfigureAwait(false);
            return TypedResults.Ok(await Task.WhenAll(all.Select(async service =>
            {
                var answer = await client.SendAsync(operators.Desk, service, HttpMethod.Get, path + QueryOf(request), default, LanguageOf(request), ct).ConfigureAwait(false);
                return new OperationsOfService(service.Name, answer.IsGood ? answer.Body : null, answer.IsGood ? null : answer.Body);
            })).ConfigureAwait(false));
        });
        routes.MapGet("/api/operations/{service}/{**path}", async (HttpRequest request, string service, string path, CancellationToken ct) =>
            Answer(await SendAsync(HttpMethod.Get, request, service, path, default, ct).ConfigureAwait(false)));
        routes.MapPost("/api/operations/{service}/{**path}", async (HttpRequest request, string service, string path, CancellationToken ct) =>
            Answer(await BodyOf(request, ct).ConfigureAwait(false) is { } body
                ? await SendAsync(HttpMethod.Post, request, service, path, body, ct).ConfigureAwait(false)
                : OperationsClient.Say(OperationsProblem.BadBody, LanguageOf(request))));

        routes.MapGet("/api/operator", (HttpRequest request) => TypedResults.Ok(Acting(operators.Person(request))));
        routes.MapPost("/api/operator", async Task<Results<Ok<OperatorBody>, JsonHttpResult<JsonElement>>> (HttpContext http, CancellationToken ct) =>
        {
            var body = await BodyOf(http.Request, ct).ConfigureAwait(false);
            var (own, problem) = body is null ? (null, OperationsProblem.BadBody)
                : Operators.Read(body.Value) is { } given ? await operators.SignInAsync(http, given, ct).ConfigureAwait(false) : (null, OperationsProblem.NoCredentials);
            return problem is null ? TypedResults.Ok(Acting(own)) : Answer(OperationsClient.Say(problem, LanguageOf(http.Request)));
        });
        routes.MapDelete("/api/operator", (HttpContext http) =>
        {
            operators.SignOut(http);
            return TypedResults.NoContent();
        });

        OperatorBody Acting(OperatorSession? own) => new(own?.UserName, own?.AccountId, operators.Desk.AccountId);

        async Task<OperationsAnswer> SendAsync(HttpMethod method, HttpRequest request, string name, string path, ReadOnlyMemory<byte> body, CancellationToken ct)
        {
            var language = LanguageOf(request);
            return PathOf(path) is not { } safe ? OperationsClient.Say(OperationsProblem.BadPath, language)
                : await services.FindAsync(name, ct).ConfigureAwait(false) is not { } service ? OperationsClient.Say(OperationsProblem.NotOffered, language)
                : await client.SendAsync(method == HttpMethod.Get ? operators.Desk : operators.Of(request), service, method, safe + QueryOf(request), body, language, ct).ConfigureAwait(false);
        }
    }

    private static JsonHttpResult<JsonElement> Answer(OperationsAnswer answer) => TypedResults.Json(
        answer.Body, contentType: answer.IsGood ? "application/json" : "application/problem+json", statusCode: answer.Status);

    private static string? LanguageOf(HttpRequest request) => request.Headers.AcceptLanguage.ToString() is { Length: > 0 } language ? language : null;

    // Below the operations only: the account that asks may do more than the one who is asking.
    private static string? PathOf(string path)
    {
        var parts = path.Split('/');
        return parts.All(part => Part().IsMatch(part) && part.Any(letter => letter != '.')) ? string.Join('/', parts.Select(Uri.EscapeDataString)) : null;
    }

    private static QueryString QueryOf(HttpRequest request) =>
        QueryString.Create(request.Query.Where(pair => pair.Key != "of"));

    private static async Task<ReadOnlyMemory<byte>?> BodyOf(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        var body = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        return length > MostBytes ? null : body.AsMemory(0, length);
    }

    [GeneratedRegex("^[A-Za-z0-9_.:-]{1,200}$")]
    private static partial Regex Part();
}

/// <summary>Who acts, if it is somebody with an account of their own, and the ids that services record.</summary>
internal sealed record OperatorBody(string? UserName, string? AccountId, string? DeskId);

/// <summary>What one service answered; one of them is there.</summary>
internal sealed record OperationsOfService(string Service, JsonElement? Answer, JsonElement? Problem);
