namespace Expo.Registration.Sessions;

// These names and shapes are what is stored. Add freely; never rename or retype. Of a refresh token only its hash is in them.

/// <summary>Something that happened to a session.</summary>
public abstract record SessionEvent;

/// <summary>Somebody signed in; the account had signed out everywhere so often.</summary>
public sealed record SessionOpened(
    Guid SessionId, Guid AccountId, string TokenHash, DateTimeOffset EndsAt, DateTimeOffset? At = null, int SignOuts = 0) : SessionEvent;

/// <summary>A refresh token was used and replaced.</summary>
public sealed record SessionRefreshed(Guid SessionId, string TokenHash, DateTimeOffset? At = null) : SessionEvent;

/// <summary>The session ended before its time.</summary>
public sealed record SessionRevoked(Guid SessionId, SessionEnd Reason) : SessionEvent;

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>Its owner signed out.</summary>
    SignedOut,

    /// <summary>A refresh token came a second time, so somebody else may have it.</summary>
    TokenReused,

    /// <summary>Its owner had signed out everywhere.</summary>
    SignedOutEverywhere,
}
