using Expo.Kernel;

namespace Expo.Registration.Accounts;

/// <summary>An account: who it is for, what it may do, and how often it signed out everywhere.</summary>
public sealed record Account(Guid Id, RegistrantKind RegistrantKind, IReadOnlyList<string> Roles, int SignOuts = 0) : IState<Account>
{
    /// <summary>The answer when there is no such account.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("account.unknown", "没有这个账号。", "There is no such account.");

    /// <summary>The roles that the committee gives.</summary>
    public static readonly IReadOnlyList<string> KnownRoles =
    [
        Kernel.Http.Roles.CommitteeOfficer, Kernel.Http.Roles.CommitteeFinance, Kernel.Http.Roles.BeijingGroup, Kernel.Http.Roles.ShenzhenGroup,
        Kernel.Http.Roles.GateStaff, Kernel.Http.Roles.Operator, Kernel.Http.Roles.OrganisationAdministrator,
    ];

    /// <summary>The answer when there is no such role.</summary>
    public static readonly Refusal UnknownRole = Refusal.Unknown("role.unknown", "没有这个角色。", "There is no such role.");

    /// <summary>An account that nobody signed up for.</summary>
    public Account()
        : this(Guid.Empty, default, [])
    {
    }

    /// <inheritdoc />
    public Account Evolve(object @event) => @event switch
    {
        AccountSignedUp e => new(e.AccountId, e.RegistrantKind, []),
        RoleGranted e => this with { Roles = [.. Roles, e.Role] },
        RoleRevoked e => this with { Roles = Roles.Where(role => role != e.Role).ToArray() },
        SignedOutEverywhere e => this with { SignOuts = e.SignOuts },
        _ => this,
    };
}
