using System.ComponentModel.DataAnnotations;

namespace Expo.Registration.ApiClients;

/// <summary>What programs can be allowed to do.</summary>
public static class Scopes
{
    /// <summary>All of them, in the order in which they are written to tokens.</summary>
    public static readonly IReadOnlyList<string> Known = ["jobs:write", "jobs:read", "applications:read", "webhooks:manage"];

    /// <summary>Each once, in the usual order.</summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string> scopes) => Known.Intersect(scopes).ToArray();
}

/// <summary>At least one scope, and only known ones.</summary>
public sealed class KnownScopesAttribute : ValidationAttribute
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is not IReadOnlyList<string> scopes || (scopes.Count > 0 && scopes.All(Scopes.Known.Contains));

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) => $"field.unknown_code codes={string.Join('|', Scopes.Known)}";
}
