using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Accounts;

/// <summary>End every session of an account in one decision: it counts up, and a session from before the count is refused when it comes to refresh.</summary>
/// <param name="SignOuts">How often the account had signed out everywhere when the caller asked.</param>
public sealed record SignOutEverywhere(int SignOuts)
{
    /// <summary>One that came in between has ended whatever was open when the caller asked.</summary>
    public Decision<AccountEvent> Decide(Account account, DateTimeOffset now) => account switch
    {
        _ when account.Id == Guid.Empty => Account.Unknown,
        _ when account.SignOuts == SignOuts => new SignedOutEverywhere(account.Id, SignOuts + 1),
        _ => Decision<AccountEvent>.Nothing,
    };
}

internal static class SignOutEverywhereEndpoint
{
    public static void Map(RouteGroupBuilder sessions) => sessions
        .MapPost("/sign-out-everywhere", Handle)
        .RequireAuthorization()
        .WithName(nameof(SignOutEverywhere))
        .WithSummary("End all your sessions; their access tokens end by themselves within minutes")
        .Fulfils("R-01");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Caller caller, Streams streams, CancellationToken ct)
    {
        var signOuts = (await streams.Read<Account>(caller.AccountId, ct)).State?.SignOuts ?? 0;
        return await streams.Decide<Account, AccountEvent>(caller.AccountId, new SignOutEverywhere(signOuts).Decide, ct).NoContentOrProblem();
    }
}
