using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Sessions;

/// <summary>The refresh token of the session to end.</summary>
public sealed record SignOutRequest([Needed, LengthUpTo(128)] string RefreshToken);

/// <summary>End a session.</summary>
public sealed record SignOut(string TokenHash)
{
    /// <summary>Whoever holds one of its tokens may end it; for others there is nothing to end.</summary>
    public Decision<SessionEvent> Decide(Session session, DateTimeOffset now) =>
        !session.Revoked && (session.TokenHash == TokenHash || session.Used.Contains(TokenHash))
            ? new SessionRevoked(session.Id, SessionEnd.SignedOut)
            : Decision<SessionEvent>.Nothing;
}

internal static class SignOutEndpoint
{
    public static void Map(RouteGroupBuilder sessions) => sessions
        .MapPost("/sign-out", Handle)
        .AllowAnonymous()
        .Fulfils("R-01")
        .WithName(nameof(SignOut))
        .WithSummary("End a session; its access token ends by itself within minutes");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(SignOutRequest body, Streams streams, CancellationToken ct) =>
        RefreshToken.Read(body.RefreshToken) is { } token
            ? await streams.Decide<Session, SessionEvent>(token.SessionId, new SignOut(token.Hash).Decide, ct).NoContentOrProblem()
            : TypedResults.NoContent();
}
