namespace Expo.Dashboard.Operations;

/// <summary>As whom the dashboard works on the services' operations, and how it finds them.</summary>
public sealed record OperationsOptions
{
    /// <summary>The path of the sign-in; the resource whose description has it is asked.</summary>
    public required string SignIn { get; init; }

    /// <summary>The account that the dashboard signs in with.</summary>
    public required string UserName { get; init; }

    /// <summary>Tells that account's password.</summary>
    public required Func<CancellationToken, ValueTask<string?>> Password { get; init; }

    /// <summary>Where a resource describes its API (OpenAPI).</summary>
    public string Description { get; init; } = "/openapi/v1.json";
}
