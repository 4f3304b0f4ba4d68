using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Accounts;

/// <summary>Give an account a role; it stands in its next token.</summary>
public sealed record GrantRole(string Role, Guid Officer)
{
    /// <summary>A role that it has is not given twice.</summary>
    public Decision<AccountEvent> Decide(Account account, DateTimeOffset now) => account switch
    {
        _ when account.Id == Guid.Empty => Account.Unknown,
        _ when !Account.KnownRoles.Contains(Role) => Account.UnknownRole,
        _ when account.Roles.Contains(Role) => Decision<AccountEvent>.Nothing,
        _ => new RoleGranted(account.Id, Role, Officer),
    };
}

internal static class GrantRoleEndpoint
{
    public static void Map(RouteGroupBuilder accounts) => accounts
        .MapPut("/{id:guid}/roles/{role}", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("R-01")
        .WithName(nameof(GrantRole))
        .WithSummary("Give an account a role");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, string role, Caller caller, Streams streams, CancellationToken ct) =>
        streams.Decide<Account, AccountEvent>(id, new GrantRole(role, caller.AccountId).Decide, ct).NoContentOrProblem();
}
