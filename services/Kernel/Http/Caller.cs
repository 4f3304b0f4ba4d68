using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Expo.Kernel.Http;

/// <summary>Who is asking, from the token (<c>sub</c>, <c>org</c>, <c>roles</c>); an endpoint just asks for it as a parameter.</summary>
public sealed record Caller(Guid AccountId, Guid? OrganisationId, IReadOnlyList<string> Roles)
{
    /// <summary>Whether the caller has this role.</summary>
    public bool Is(string role) => Roles.Contains(role);

    /// <summary>The caller of a signed-in request, or nobody.</summary>
    public static Caller? Of(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue("sub"), out var account)
            ? new Caller(
                account,
                Guid.TryParse(user.FindFirstValue("org"), out var organisation) ? organisation : null,
                user.FindAll("roles").Select(claim => claim.Value).ToArray())
            : null;

    /// <summary>Lets minimal APIs take the caller as a parameter; an anonymous one is nobody.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http.User));
}

/// <summary>The roles of this platform, as they stand in tokens.</summary>
public static class Roles
{
    /// <summary>Runs the expo for the organising committee.</summary>
    public const string CommitteeOfficer = "committee_officer";
    /// <summary>Records fees for the organising committee.</summary>
    public const string CommitteeFinance = "committee_finance";
    /// <summary>Checks passes at the gates.</summary>
    public const string GateStaff = "gate_staff";
    /// <summary>Acts for an exhibiting organisation.</summary>
    public const string ExhibitorAdministrator = "exhibitor_administrator";

    /// <summary>Lets in callers with any of these roles; others get 403 (401 without a token).</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoints, params string[] roles) where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(new AuthorizeAttribute { Roles = string.Join(',', roles) });
}
