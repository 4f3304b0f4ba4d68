using System.Reflection;
using Expo.Architecture.Tests.Code;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Mono.Cecil;

namespace Expo.Architecture.Tests.Http.BadInput;

/// <summary>One route of a started service with what its metadata says about calling it.</summary>
internal sealed record Operation(RunningService Service, ServedEndpoint Served)
{
    // A stream's state says whose it is by one of these.
    private static readonly string[] OwnerMembers = ["OrganisationId", "Administrator", "AccountId", "AgencyId", "EmployerId", "OwnerId"];

    private readonly MethodInfo handler = Served.Endpoint.Metadata.GetMetadata<MethodInfo>()!;

    public string Name => Served.Name;

    public HttpMethod Method => new(Served.Endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods[0]);

    /// <summary>The type of the body, if it takes one as JSON.</summary>
    public Type? Body => Served.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts && accepts.ContentTypes.Contains("application/json") ? accepts.RequestType : null;

    /// <summary>The names in its path.</summary>
    public IReadOnlyList<RoutePatternParameterPart> Parameters => [.. Served.Endpoint.RoutePattern.Parameters];

    /// <summary>Whether it insists on the version that the caller has seen.</summary>
    public bool BindsVersion => Takes(typeof(IfMatch));

    /// <summary>Whether it gives a list page by page.</summary>
    public bool Pages => Takes(typeof(ServiceDefaults.Paging));

    /// <summary>Whether this is the key, chosen by the caller, under which it puts something.</summary>
    public bool PutsUnder(RoutePatternParameterPart parameter) => Method == HttpMethod.Put && parameter == Parameters[^1] && parameter.ParameterPolicies.Count == 0 && TypeOf(parameter) == typeof(string)
        && Served.Endpoint.RoutePattern.PathSegments[^1].Parts.Contains(parameter);

    /// <summary>The part of the path that is the id of the thing it is about.</summary>
    public RoutePatternParameterPart? OwnId => Parameters.LastOrDefault(p => Calling.IsGuid(p)
        && (p.Name == "id" || State?.Name.Contains(p.Name.Replace("Id", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>Whether its answer depends on who asks, and the thing it is about is somebody's.</summary>
    public bool IsForOwners => OwnId is not null && Takes(typeof(Caller)) && State is { } state && OwnerMembers.Any(name => state.GetProperty(name) is not null)
        && Caller(Guid.Empty) is { } caller && (caller.OrganisationId is not null || caller.Scope is not null);

    /// <summary>The state of the stream that it decides on or reads.</summary>
    public Type? State { get; } = StateOf(Served);

    /// <summary>Somebody who may call it, acting for this organisation; nobody when it is open to all.</summary>
    public TestCaller? Caller(Guid organisation)
    {
        if (Served.IsAnonymous)
            return null;

        var roles = Served.Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Where(a => a.Roles is not null)
            .Select(a => a.Roles!.Split(',', StringSplitOptions.TrimEntries)).Aggregate((IEnumerable<string>?)null, (both, more) => both is null ? more : both.Intersect(more))?.ToList();
        var scopes = Served.Endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).OfType<AssertionRequirement>()
            .SelectMany(assertion => Texts(assertion.Handler.Target, 3)).ToList();
        if (scopes.Count > 0)
            return TestCaller.Program(organisation, string.Join(' ', scopes));
        return roles is null || roles.Contains(Roles.OrganisationAdministrator)
            ? TestCaller.Organisation(organisation)
            : TestCaller.Somebody(roles[0]);
    }

    /// <summary>The type that a part of the path is read as.</summary>
    public Type? TypeOf(RoutePatternParameterPart parameter) => handler.GetParameters().FirstOrDefault(p => p.Name == parameter.Name)?.ParameterType;

    private bool Takes(Type type) => handler.GetParameters().Any(p => p.ParameterType == type);

    private static Type? StateOf(ServedEndpoint served)
    {
        var handler = served.Endpoint.Metadata.GetMetadata<MethodInfo>()!;
        if (handler.DeclaringType is { IsGenericType: true } shared)
            return shared.GetGenericArguments().FirstOrDefault(IsState);

        var type = Il.Module(handler.Module.Assembly.GetName().Name!).GetType(handler.DeclaringType!.FullName!.Replace('+', '/'));
        var name = type.Methods.Where(m => m.Name == handler.Name)
            .SelectMany(m => m.Instructions()).Select(i => i.Operand).OfType<GenericInstanceMethod>()
            .Where(call => call.DeclaringType.FullName == typeof(Streams).FullName)
            .OrderBy(call => call.Name == "Decide" ? 0 : 1)
            .Select(call => call.GenericArguments[0].FullName).FirstOrDefault();
        return name is null ? null : Repo.ServiceAssemblies.Select(assembly => assembly.GetType(name.Replace('/', '+'))).FirstOrDefault(found => found is not null);
    }

    private static bool IsState(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>));

    // The scope of .AllowScope(…) is known to the assertion only.
    private static IEnumerable<string> Texts(object? closure, int depth) => closure is null || depth == 0 || closure is string
        ? []
        : closure.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Select(field => field.GetValue(closure))
            .SelectMany(value => value switch { string text => [text], Delegate inner => Texts(inner.Target, depth - 1), _ => Texts(value, depth - 1) });
}
