using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Expo.Kernel.Http;

/// <summary>Who is asking, from the token (<c>sub</c>, <c>org</c>, <c>roles</c>); an endpoint just asks for it as a parameter. A program's <c>sub</c> is its API client.</summary>
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

/// <summary>What a caller may touch: the things of one edition and, for an organisation, only its own; the rest does not exist for it.</summary>
public sealed record Scope(string EditionCode, Guid? OrganisationId)
{
    /// <summary>Everything of the edition.</summary>
    public static Scope All(string edition) => new(edition, null);

    /// <summary>What belongs to the caller's organisation.</summary>
    public static Scope Own(string edition, Caller caller) => new(edition, caller.OrganisationId ?? Guid.Empty);

    /// <summary>Everything for the committee, its own for an organisation.</summary>
    public static Scope Of(string edition, Caller caller) =>
        caller.Is(Roles.CommitteeOfficer) || caller.Is(Roles.CommitteeFinance) ? All(edition) : Own(edition, caller);

    /// <summary>Whether a thing of this edition and organisation is inside.</summary>
    public bool Covers(string edition, Guid organisation) => edition == EditionCode && (OrganisationId is null || OrganisationId == organisation);
}

/// <summary>The roles of this platform, as they stand in tokens.</summary>
public static class Roles
{
    /// <summary>Runs the expo for the organising committee.</summary>
    public const string CommitteeOfficer = "committee_officer";
    /// <summary>Records fees for the organising committee.</summary>
    public const string CommitteeFinance = "committee_finance";
    /// <summary>Keeps the platform running: parked messages, replays, rebuilds.</summary>
    public const string Operator = "operator";
    /// <summary>Checks passes at the gates.</summary>
    public const string GateStaff = "gate_staff";
    /// <summary>Reads proposals and cases sent to the committee's working group in Beijing.</summary>
    public const string BeijingGroup = "beijing_group";
    /// <summary>Reads what is sent to the working group in Shenzhen, and gives rooms.</summary>
    public const string ShenzhenGroup = "shenzhen_group";
    /// <summary>Acts for an organisation.</summary>
    public const string OrganisationAdministrator = "organisation_administrator";

    /// <summary>Lets in callers with any of these roles; others get 403 (401 without a token).</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoints, params string[] roles) where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(new AuthorizeAttribute { Roles = string.Join(',', roles) });

    /// <summary>Lets in programs whose token has this scope (<c>scope</c>, a list with blanks); people and other programs get 403.</summary>
    public static TBuilder AllowScope<TBuilder>(this TBuilder endpoints, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(policy => policy.RequireAssertion(context =>
            context.User.FindFirstValue("scope")?.Split(' ').Contains(scope) == true)).WithMetadata(new NeedsScope(scope));
}
