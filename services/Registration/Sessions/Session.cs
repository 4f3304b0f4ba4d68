using Expo.Kernel;

namespace Expo.Registration.Sessions;

/// <summary>A session and the family of its refresh tokens, by their hashes: the one that is good, and those that were used.</summary>
public sealed record Session(
    Guid Id, Guid AccountId, string TokenHash, IReadOnlyList<string> Used, DateTimeOffset EndsAt, bool Revoked,
    DateTimeOffset? OpenedAt = null, DateTimeOffset? RefreshedAt = null, int SignOuts = 0) : IState<Session>
{
    /// <summary>The answer to every refresh token that is no longer, or never was, good.</summary>
    public static readonly Refusal Over = new(RefusalKind.NotSignedIn, "session.revoked", new("会话已失效，请重新登录。", "This session is over. Sign in again."));

    /// <summary>Nobody signed in.</summary>
    public Session()
        : this(Guid.Empty, Guid.Empty, "", [], default, false)
    {
    }

    /// <inheritdoc />
    public Session Evolve(object @event) => @event switch
    {
        SessionOpened e => new(e.SessionId, e.AccountId, e.TokenHash, [], e.EndsAt, false, e.At, null, e.SignOuts),
        SessionRefreshed e => this with { TokenHash = e.TokenHash, Used = [.. Used, TokenHash], RefreshedAt = e.At },
        SessionRevoked _ => this with { Revoked = true },
        _ => this,
    };
}
