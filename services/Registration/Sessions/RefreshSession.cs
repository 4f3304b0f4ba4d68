using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Sessions;

/// <summary>The refresh token at hand.</summary>
public sealed record RefreshSessionRequest([Needed, LengthUpTo(128)] string RefreshToken);

/// <summary>Replace a refresh token by the next one.</summary>
public sealed record RefreshSession(string TokenHash, string NextHash)
{
    /// <summary>Each token counts once. One that comes again may be stolen, by the first or by the second who used it: the session ends for both.</summary>
    public Decision<SessionEvent> Decide(Session session, DateTimeOffset now) => session switch
    {
        { Revoked: true } => Session.Over,
        _ when session.EndsAt <= now => Session.Over,
        _ when session.TokenHash == TokenHash => new SessionRefreshed(session.Id, NextHash),
        _ when session.Used.Contains(TokenHash) =>
            new Decision<SessionEvent>.Refused(Session.Over, new SessionRevoked(session.Id, SessionEnd.TokenReused)),
        _ => Session.Over,
    };
}

internal static class RefreshSessionEndpoint
{
    public static void Map(RouteGroupBuilder sessions) => sessions
        .MapPost("/refresh", Handle)
        .AllowAnonymous()
        .WithName(nameof(RefreshSession))
        .WithSummary("Get the next access token and the next refresh token");

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        RefreshSessionRequest body, AccessTokens tokens, Streams streams, HttpResponse response, CancellationToken ct)
    {
        if (RefreshToken.Read(body.RefreshToken) is not { } used || (await streams.Read<Session>(used.SessionId, ct)).State is not { } session)
            return Session.Over.ToProblem();

        var next = RefreshToken.For(used.SessionId);
        if (await tokens.For(session.AccountId, next, ct) is not { } signedIn)
            return Session.Over.ToProblem();

        response.Headers.CacheControl = "no-store";
        return await streams.Decide<Session, SessionEvent>(
            session.Id, new RefreshSession(used.Hash, next.Hash).Decide, new With { Reply = Reply.Ok(signedIn) }, ct).OkOrProblem<SignedIn>();
    }
}
