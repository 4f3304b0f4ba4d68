using Expo.Kernel;

namespace Expo.Registration.Accounts;

/// <summary>Accounts: sign-up and roles.</summary>
public static class AccountsModule
{
    /// <summary>What is stored, and the first accounts.</summary>
    public static EventStoreBuilder AddAccounts(this EventStoreBuilder store)
    {
        store.Services.AddSingleton<Passwords>();
        store.Services.AddScoped<Rights>();
        store.Services.AddHostedService<FirstAccounts>();
        return store.Stream<Account>()
            .Event<AccountSignedUp>("account_signed_up")
            .Event<RoleGranted>("role_granted")
            .Event<RoleRevoked>("role_revoked")
            .Event<SignedOutEverywhere>("signed_out_everywhere");
    }

    /// <summary>What is served.</summary>
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        SignUpEndpoint.Map(accounts);
        MyAccountEndpoint.Map(accounts);
        GrantRoleEndpoint.Map(accounts);
        RevokeRoleEndpoint.Map(accounts);
        accounts.MapHistory<Account>(
            "GetAccountHistory", Account.Unknown, (account, caller) => account.Id == caller.AccountId || caller.Is(Kernel.Http.Roles.CommitteeOfficer));
    }
}
