using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Accounts;

/// <summary>Who wants an account.</summary>
public sealed record SignUpRequest(
    [Needed, RegularExpression(UserName.Pattern, ErrorMessage = "Four to sixty-four letters, digits, Chinese characters, dots, hyphens and underscores.")]
    string Username,
    [Needed, LengthUpTo(128, MinimumLength = 10)] string Password,
    [Needed] RegistrantKind? RegistrantKind);

/// <summary>The new account.</summary>
public sealed record SignedUp(Guid AccountId);

/// <summary>Open an account under a user name that is free; its id derives from the name.</summary>
public sealed record SignUp(Guid AccountId, RegistrantKind RegistrantKind)
{
    /// <summary>Whoever comes second is refused, since nobody can tell that it is the same person.</summary>
    public Decision<AccountEvent> Decide(Account account, DateTimeOffset now) => account.Id == Guid.Empty
        ? new AccountSignedUp(AccountId, RegistrantKind)
        : Refusal.Conflict("account.username_taken", "该用户名已被使用。", "This user name is taken.");
}

internal static class SignUpEndpoint
{
    public static void Map(RouteGroupBuilder accounts) => accounts
        .MapPost("", Handle)
        .AllowAnonymous()
        .Fulfils("R-01", "R-02", "R-03")
        .WithName(nameof(SignUp))
        .WithSummary("Sign up with a user name and a password");

    private static async Task<Results<Created<SignedUp>, ProblemHttpResult>> Handle(
        SignUpRequest body, MasterKey master, Passwords passwords, Streams streams, CancellationToken ct)
    {
        if (CommonPasswords.Contains(body.Password))
            return CommonPasswords.Refusal.ToProblem();
        if (await passwords.Hash(body.Password, ct) is not { } hash)
            return Passwords.Busy.ToProblem();

        var command = new SignUp(master.AccountId(body.Username), body.RegistrantKind!.Value);
        return await streams.Decide<Account, AccountEvent>(command.AccountId, command.Decide, new With
        {
            Personal = [new PersonalCard(command.AccountId, new Credentials(UserName.Normalise(body.Username), hash))],
            Reply = Reply.Created("/api/registration/v1/accounts/me", new SignedUp(command.AccountId)),
        }, ct).CreatedOrProblem<SignedUp>();
    }
}
