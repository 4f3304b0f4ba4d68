using System.Collections.Immutable;
using Expo.TestKit;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Expo.Architecture.Tests.Http.BadInput;

/// <summary>A call of one route: who calls, and what stands in its path.</summary>
internal sealed record Calling(Operation Route, Seeds Seeds)
{
    private ImmutableDictionary<string, string> Values { get; init; } = ImmutableDictionary<string, string>.Empty;

    // Copies of this call are about the same thing.
    private readonly Guid nothing = Guid.CreateVersion7();

    private Guid? Caller { get; init; }

    /// <summary>The same call by another organisation.</summary>
    public Calling As(Guid organisation) => this with { Caller = organisation };

    /// <summary>The same call with another value in the path.</summary>
    public Calling With(string name, string value) => this with { Values = Values.SetItem(name, value) };

    /// <summary>The same call about something that exists and is the owner's.</summary>
    public async Task<Calling> Existing()
    {
        if (Route.State is not { } state)
            return this;
        if (Route.OwnId is { } own)
            return IsOrganisation(own) ? this : With(own.Name, (await Seeds.Stream(state, Guid.CreateVersion7())).ToString());

        // Its id follows from who owns it, and from what stands in the path.
        await Seeds.Stream(state, null);
        return Route.Parameters.Where(IsGuid).Aggregate(this, (call, parameter) => call.With(parameter.Name, Seeds.Owner.ToString()));
    }

    /// <summary>A valid body, if the route takes one.</summary>
    public string? Body() => Route.Body is { } body ? Bodies.Valid(body).ToJsonString() : null;

    /// <summary>A value that nothing has.</summary>
    public string Unknown(RoutePatternParameterPart parameter) => IsGuid(parameter) ? Guid.CreateVersion7().ToString() : IsNumber(parameter) ? "999999"
        : Route.TypeOf(parameter) == typeof(DateOnly) ? "2099-12-31" : $"nothing_{Guid.CreateVersion7():N}"[..24];

    /// <summary>Sends it.</summary>
    public async Task<Answer> Send(string? body, string? key = null, long? ifMatch = null, string query = "")
    {
        using var client = Route.Service.App.Client();
        if (Route.Caller(Caller ?? Seeds.Owner) is { } caller)
            client.DefaultRequestHeaders.Authorization = new("Bearer", (caller with { AccountId = Caller ?? Seeds.Account }).Token());

        // Some ask for a key; to the others it does no harm.
        key ??= Route.Method == HttpMethod.Post ? Expo.TestKit.Http.NewKey() : null;
        return await client.Send(Route.Method, Path() + query, body, key, ifMatch);
    }

    internal static bool IsGuid(RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Any(policy => policy.Content == "guid");

    private static bool IsOrganisation(RoutePatternParameterPart parameter) => parameter.Name.StartsWith("organisation", StringComparison.Ordinal);

    private static bool IsNumber(RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Any(policy => policy.Content == "int");

    private string Path() => "/" + string.Join('/', Route.Served.Endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => Values.GetValueOrDefault(parameter.Name) ?? Known(parameter),
        _ => "",
    }))));

    private string Known(RoutePatternParameterPart parameter) => parameter.Name == "edition" ? Seeds.Edition
        : IsOrganisation(parameter) ? Seeds.Owner.ToString()
        : IsGuid(parameter) ? nothing.ToString()
        : IsNumber(parameter) ? "1"
        : Route.TypeOf(parameter) == typeof(DateOnly) ? $"{Seeds.Day:yyyy-MM-dd}" : Seeds.Key;
}
