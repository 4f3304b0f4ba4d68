using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Expo.Architecture.Tests.Http;

/// <summary>What the services serve, read from their started hosts (F10).</summary>
[Trait("needs", "postgres")]
public sealed class EndpointRules(RunningServices running)
{
    // Everything that a stranger may ask; the gateway limits it harder.
    private static readonly string[] Public =
    [
        "GET /.well-known/jwks.json", "GET /health", "GET /alive", "GET /openapi/{documentName}.json",
    ];

    [Fact]
    public async Task An_endpoint_says_exactly_what_it_answers()
    {
        var endpoints = (await running.Endpoints()).Where(e => e.IsOurs).ToList();
        Rule.MatchedSomething(endpoints, atLeast: 10);
        Rule.NoneOf(endpoints.Where(e => !IsExact(e.Answer)).Select(e => $"{e.Name}: {e.Answer}"), "Return TypedResults: Results<…>, or one type of Microsoft.AspNetCore.Http.HttpResults.");
    }

    [Fact]
    public async Task An_endpoint_is_mapped_once_and_has_a_name_and_a_summary()
    {
        var endpoints = (await running.Endpoints()).Where(e => e.IsOurs).ToList();
        Rule.MatchedSomething(endpoints, atLeast: 10);
        Rule.NoneOf(
            endpoints.GroupBy(e => (e.Service, e.Route)).Where(same => same.Count() > 1).Select(same => $"{same.Key.Service}: {same.Key.Route}"),
            "Map it once.");
        Rule.NoneOf(
            endpoints.Where(e => e.OperationId is null || e.Summary is null).Select(e => e.Name),
            "Add .WithName(nameof(Command)) and .WithSummary(\"…\").");
        Rule.NoneOf(
            endpoints.GroupBy(e => (e.Service, e.OperationId)).Where(same => same.Count() > 1).Select(same => $"{same.Key.Service}: {same.Key.OperationId}"),
            "The name becomes the client's method: make it unique in its service.");
    }

    [Fact]
    public async Task Whoever_may_not_be_a_stranger_needs_a_policy()
    {
        var endpoints = await running.Endpoints();
        Rule.MatchedSomething(endpoints, atLeast: 10);
        Rule.NoneOf(
            endpoints.Where(e => !e.IsGuarded && !e.IsAnonymous).Select(e => e.Name),
            "Add .RequireAuthorization() or .Allow(role), or .AllowAnonymous() if it is for everybody.");
    }

    [Fact]
    public async Task What_is_open_to_strangers_reads_or_signs_them_in()
    {
        var open = (await running.Endpoints()).Where(e => e.IsAnonymous).ToList();
        Rule.MatchedSomething(open, atLeast: 5);
        Rule.NoneOf(
            open.Where(e => !Public.Contains(e.Route) && !e.Route.StartsWith("GET /api/", StringComparison.Ordinal)
                && !e.Route.StartsWith("POST /api/registration/v1/accounts", StringComparison.Ordinal)
                && !e.Route.StartsWith("POST /api/registration/v1/sessions", StringComparison.Ordinal)
                && !e.Route.StartsWith("POST /api/registration/v1/oauth/token", StringComparison.Ordinal)).Select(e => e.Name),
            "A stranger may read and sign up or in, nothing else: require a caller.");
    }

    private static bool IsExact(Type answer)
    {
        var inner = answer.IsGenericType && answer.Name.StartsWith("Task`", StringComparison.Ordinal) ? answer.GetGenericArguments()[0] : answer;
        return inner.Namespace == "Microsoft.AspNetCore.Http.HttpResults" && inner.IsAssignableTo(typeof(Microsoft.AspNetCore.Http.IResult));
    }
}

/// <summary>One endpoint of a started service.</summary>
public sealed record ServedEndpoint(string Service, RouteEndpoint Endpoint, bool HasFallback)
{
    /// <summary>Method and path.</summary>
    public string Route { get; } =
        $"{string.Join(',', Endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])} /{Endpoint.RoutePattern.RawText?.TrimStart('/')}";

    /// <summary>For people.</summary>
    public string Name => $"{Service}: {Route}";

    /// <summary>Whether we wrote it.</summary>
    public bool IsOurs => Endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal);

    /// <summary>Whether it is one of the operators' commands on queues and feeds, which do nothing without a broker.</summary>
    public bool NeedsBroker => Endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.Module.Assembly.GetName().Name == "Operations";

    /// <summary>What its method returns.</summary>
    public Type Answer => Endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.ReturnType ?? typeof(void);

    /// <summary>The name of the operation.</summary>
    public string? OperationId => Endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    /// <summary>Its one-line summary.</summary>
    public string? Summary => Endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary;

    /// <summary>Whether a stranger may call it.</summary>
    public bool IsAnonymous => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>Whether a policy stands before it.</summary>
    public bool IsGuarded => !IsAnonymous && (HasFallback || Endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null);
}
