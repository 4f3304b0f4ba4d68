using Npgsql;

namespace Expo.Messaging.Listening;

/// <summary>Why something failed, in words that quote no data.</summary>
internal static class Reasons
{
    /// <summary>Whether it will go away by itself.</summary>
    public static bool IsPassing(Exception? e) => e is not null && (e switch
    {
        PostgresException { SqlState: var state } => state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled || state[..2] is "08" or "53" or "57",
        NpgsqlException or TimeoutException or System.Net.Sockets.SocketException => true,
        RefusedException refused => refused.Message == new RefusedException(Refusal.Busy).Message,
        _ => false,
    } || (e is not RefusedException && IsPassing(e.InnerException)));

    /// <summary>The kinds of the failures, and the code of a refusal.</summary>
    public static string Of(Exception e)
    {
        var kinds = new List<string>();
        for (var at = e; at is not null; at = at.InnerException)
            kinds.Add(at is RefusedException ? at.Message : at is PostgresException p ? $"{p.GetType().FullName} {p.SqlState}" : at.GetType().FullName!);
        return string.Join(" <- ", kinds);
    }
}
