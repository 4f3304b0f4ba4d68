using Microsoft.AspNetCore.Builder;

namespace Expo.ServiceDefaults;

/// <summary>Says which requirements an endpoint, a consumer or a spec is about, by their ids; the requirement table is made from it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirementAttribute(params string[] ids) : Attribute
{
    /// <summary>The ids, such as <c>J-03</c>.</summary>
    public IReadOnlyList<string> Ids => ids;
}

/// <summary>Says it of endpoints.</summary>
public static class RequirementExtensions
{
    /// <summary>This endpoint fulfils these requirements, alone or with others.</summary>
    public static TBuilder Fulfils<TBuilder>(this TBuilder endpoint, params string[] ids) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RequirementAttribute(ids));
}
