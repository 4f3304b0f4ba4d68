using Expo.Kernel;

namespace Expo.Registration.Sessions;

/// <summary>Sessions: signing in and out, access and refresh tokens.</summary>
public static class SessionsModule
{
    private static readonly Refusal Unknown = Refusal.Unknown("session.unknown", "没有这个会话。", "There is no such session.");

    /// <summary>What is stored.</summary>
    public static EventStoreBuilder AddSessions(this EventStoreBuilder store)
    {
        store.Services.AddScoped<AccessTokens>();
        return store.Stream<Session>()
            .Event<SessionOpened>("session_opened")
            .Event<SessionRefreshed>("session_refreshed")
            .Event<SessionRevoked>("session_revoked")
            .Marten(marten => marten.Schema.For<Session>().Duplicate(session => session.AccountId));
    }

    /// <summary>What is served.</summary>
    public static void MapSessions(this RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Sessions");
        SignInEndpoint.Map(sessions);
        RefreshSessionEndpoint.Map(sessions);
        SignOutEndpoint.Map(sessions);
        Accounts.SignOutEverywhereEndpoint.Map(sessions);
        SessionListEndpoint.Map(sessions);
        sessions.MapHistory<Session>("GetSessionHistory", Unknown, (session, caller) => session.AccountId == caller.AccountId);
    }
}
