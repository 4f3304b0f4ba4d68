using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;

namespace Expo.Registration.Accounts;

/// <summary>Open an account that nobody signs up for, with the role that the platform cannot be without: the committee, from which every other role comes, or the operations desk.</summary>
public sealed record OpenFirstAccount(Guid AccountId, string Role)
{
    /// <summary>Only once: instances that start together agree.</summary>
    public Decision<AccountEvent> Decide(Account account, DateTimeOffset now) => account.Id == Guid.Empty
        ? new Decision<AccountEvent>.Accepted(new AccountSignedUp(AccountId, RegistrantKind.Organisation), new RoleGranted(AccountId, Role, null))
        : Decision<AccountEvent>.Nothing;
}

/// <summary>When the service starts, opens the accounts that are not there yet and have a password configured (<c>Committee:Password</c>, <c>Operations:Password</c>).</summary>
internal sealed partial class FirstAccounts(
    IServiceScopeFactory scopes, MasterKey master, Passwords passwords, IConfiguration configuration, ILogger<FirstAccounts> logger) : IHostedService
{
    private static readonly (string Name, string Role, string Password)[] First =
    [
        ("committee", Roles.CommitteeOfficer, "Committee:Password"),
        ("operations", Roles.Operator, "Operations:Password"),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, role, key) in First)
        {
            if (configuration[key] is { Length: > 0 } password)
                await Open(name, role, password, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Open(string name, string role, string password, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var streams = scope.ServiceProvider.GetRequiredService<Streams>();
        var command = new OpenFirstAccount(master.AccountId(name), role);
        if ((await streams.Read<Account>(command.AccountId, ct)).State is { } account)
        {
            if (!account.Roles.Contains(role))
                WithoutRole(logger, name, role);
            return;
        }

        await streams.Decide<Account, AccountEvent>(command.AccountId, command.Decide, new With
        {
            Personal = [new PersonalCard(command.AccountId, new Credentials(name, (await passwords.Hash(password, ct))!))],
        }, ct);
    }

    // Somebody had the name before, or the committee took the role away: either way it is not for us to give.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The account '{Name}' is there without the role {Role}; the committee can give it")]
    private static partial void WithoutRole(ILogger logger, string name, string role);
}
