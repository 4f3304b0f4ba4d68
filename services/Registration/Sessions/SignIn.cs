using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Expo.Registration.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Sessions;

/// <summary>User name and password.</summary>
public sealed record SignInRequest([Needed, LengthUpTo(64)] string Username, [Needed, LengthUpTo(128)] string Password);

/// <summary>Open a session for an account whose password was right.</summary>
public sealed record OpenSession(Guid SessionId, Guid AccountId, string TokenHash, int SignOuts)
{
    // As long as a working day: after that the password is asked for again.
    private static readonly TimeSpan Length = TimeSpan.FromHours(12);

    /// <summary>The session's id is new, so it can only be open because this opened it.</summary>
    public Decision<SessionEvent> Decide(Session session, DateTimeOffset now) => session.Id == Guid.Empty
        ? new SessionOpened(SessionId, AccountId, TokenHash, now + Length, now, SignOuts)
        : Decision<SessionEvent>.Nothing;
}

internal static class SignInEndpoint
{
    public static void Map(RouteGroupBuilder sessions) => sessions
        .MapPost("", Handle)
        .AllowAnonymous()
        .Fulfils("R-01", "R-03")
        .WithName("SignIn")
        .WithSummary("Sign in with user name and password");

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        SignInRequest body, MasterKey master, Passwords passwords, Rights rights, AccessTokens tokens, Streams streams, HttpResponse response, CancellationToken ct)
    {
        var accountId = master.AccountId(body.Username);
        if (await passwords.Check(accountId, body.Password, ct) is { } why)
            return why.ToProblem();

        if (await rights.Of(accountId, ct) is not { } account)
            return Passwords.Failed.ToProblem();

        var refresh = RefreshToken.For(Guid.CreateVersion7());
        var signedIn = await tokens.For(account, refresh, ct);

        response.Headers.CacheControl = "no-store";
        var command = new OpenSession(refresh.SessionId, accountId, refresh.Hash, account.SignOuts);
        return await streams.Decide<Session, SessionEvent>(
            command.SessionId, command.Decide, new With { Reply = Reply.Ok(signedIn) }, ct).OkOrProblem<SignedIn>();
    }
}
