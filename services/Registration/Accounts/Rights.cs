using Expo.Kernel;
using Expo.Registration.Organisations;

namespace Expo.Registration.Accounts;

/// <summary>What an account may do, and for which organisation; sessions from before its last sign-out everywhere are over.</summary>
public sealed record AccountRights(Guid AccountId, RegistrantKind RegistrantKind, IReadOnlyList<string> Roles, Guid? OrganisationId, int SignOuts);

/// <summary>Puts together what the committee gave an account and what comes with its organisation.</summary>
public sealed class Rights(Streams streams, Memberships memberships)
{
    /// <summary>The account's rights as they are now.</summary>
    public async Task<AccountRights?> Of(Guid accountId, CancellationToken ct)
    {
        if ((await streams.Read<Account>(accountId, ct)).State is not { } account)
            return null;

        var organisation = await memberships.Of(accountId, ct);
        var roles = organisation is null ? account.Roles : account.Roles.Union([Kernel.Http.Roles.OrganisationAdministrator]).ToArray();
        return new AccountRights(account.Id, account.RegistrantKind, roles, organisation, account.SignOuts);
    }
}
