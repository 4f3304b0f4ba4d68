using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;

namespace Expo.Registration.Accounts;

/// <summary>Open the committee's account, from which every other role comes.</summary>
public sealed record CreateCommitteeAccount(Guid AccountId)
{
    /// <summary>Only once: instances that start together agree.</summary>
    public Decision<AccountEvent> Decide(Account account, DateTimeOffset now) => account.Id == Guid.Empty
        ? new Decision<AccountEvent>.Accepted(
            new AccountSignedUp(AccountId, RegistrantKind.Organisation), new RoleGranted(AccountId, Roles.CommitteeOfficer, null))
        : Decision<AccountEvent>.Nothing;
}

/// <summary>When the service starts and there is no committee account, opens it with the configured password (<c>Committee:Password</c>).</summary>
internal sealed class FirstAccount(IServiceScopeFactory scopes, MasterKey master, Passwords passwords, IConfiguration configuration) : IHostedService
{
    private const string Name = "committee";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Committee:Password"] is not { Length: > 0 } password)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var streams = scope.ServiceProvider.GetRequiredService<Streams>();
        var command = new CreateCommitteeAccount(master.AccountId(Name));
        if ((await streams.Read<Account>(command.AccountId, cancellationToken)).State is null)
            await streams.Decide<Account, AccountEvent>(command.AccountId, command.Decide, new With
            {
                Personal = [new PersonalCard(command.AccountId, new Credentials(Name, (await passwords.Hash(password, cancellationToken))!))],
            }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
