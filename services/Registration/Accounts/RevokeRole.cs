using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Accounts;

/// <summary>Take a role away; tokens that carry it end within minutes.</summary>
public sealed record RevokeRole(string Role, Guid Officer)
{
    /// <summary>An officer keeps their own office: somebody must be left to give it.</summary>
    public Decision<AccountEvent> Decide(Account account, DateTimeOffset now) => account switch
    {
        _ when account.Id == Guid.Empty => Account.Unknown,
        _ when !Account.KnownRoles.Contains(Role) => Account.UnknownRole,
        _ when account.Id == Officer && Role == Roles.CommitteeOfficer => Refusal.Rule(
            "role.own", "不能撤销自己的组委会权限。", "You cannot give up your own office."),
        _ when account.Roles.Contains(Role) => new RoleRevoked(account.Id, Role, Officer),
        _ => Decision<AccountEvent>.Nothing,
    };
}

internal static class RevokeRoleEndpoint
{
    public static void Map(RouteGroupBuilder accounts) => accounts
        .MapDelete("/{id:guid}/roles/{role}", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("R-01")
        .WithName(nameof(RevokeRole))
        .WithSummary("Take a role away from an account");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, string role, Caller caller, Streams streams, CancellationToken ct) =>
        streams.Decide<Account, AccountEvent>(id, new RevokeRole(role, caller.AccountId).Decide, ct).NoContentOrProblem();
}
