using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Expo.Registration.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Sessions;

/// <summary>The refresh token at hand.</summary>
public sealed record RefreshSessionRequest([Needed, LengthUpTo(128)] string RefreshToken);

/// <summary>Replace a refresh token by the next one.</summary>
/// <param name="TokenHash">The token that came.</param>
/// <param name="NextHash">The one that replaces it.</param>
/// <param name="SignOuts">How often the account has signed out everywhere.</param>
public sealed record RefreshSession(string TokenHash, string NextHash, int SignOuts)
{
    // Two tabs of one browser come at once, or the answer was lost and the browser asks again.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Each token counts once. One that comes again later may be stolen, by the first or by the second who used it: the session ends for both.</summary>
    public Decision<SessionEvent> Decide(Session session, DateTimeOffset now) => session switch
    {
        { Revoked: true } => Session.Over,
        _ when session.EndsAt <= now => Session.Over,
        _ when session.TokenHash != TokenHash && !session.Used.Contains(TokenHash) => Session.Over,
        _ when session.SignOuts < SignOuts => Ended(session, SessionEnd.SignedOutEverywhere),
        _ when session.TokenHash == TokenHash => new SessionRefreshed(session.Id, NextHash, now),
        _ when session.TokenHash == NextHash && now < session.RefreshedAt + Grace => Decision<SessionEvent>.Nothing,
        _ => Ended(session, SessionEnd.TokenReused),
    };

    private static Decision<SessionEvent> Ended(Session session, SessionEnd why) =>
        new Decision<SessionEvent>.Refused(Session.Over, new SessionRevoked(session.Id, why));
}

internal static class RefreshSessionEndpoint
{
    public static void Map(RouteGroupBuilder sessions) => sessions
        .MapPost("/refresh", Handle)
        .AllowAnonymous()
        .Fulfils("R-01")
        .WithName(nameof(RefreshSession))
        .WithSummary("Get the next access token and the next refresh token");

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        RefreshSessionRequest body, MasterKey master, Rights rights, AccessTokens tokens, Streams streams, HttpResponse response, CancellationToken ct)
    {
        if (RefreshToken.Read(body.RefreshToken) is not { } used || (await streams.Read<Session>(used.SessionId, ct)).State is not { } session)
            return Session.Over.ToProblem();

        if (await rights.Of(session.AccountId, ct) is not { } account)
            return Session.Over.ToProblem();

        var next = used.Next(master);
        var signedIn = await tokens.For(account, next, ct);
        response.Headers.CacheControl = "no-store";
        return await streams.Decide<Session, SessionEvent>(
            session.Id, new RefreshSession(used.Hash, next.Hash, account.SignOuts).Decide, new With { Reply = Reply.Ok(signedIn) }, ct).OkOrProblem<SignedIn>();
    }
}
