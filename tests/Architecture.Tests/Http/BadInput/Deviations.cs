using System.Collections.Concurrent;
using Expo.TestKit;

namespace Expo.Architecture.Tests.Http.BadInput;

/// <summary>Answers that differ from the conventions, each with its reason; one that is no longer given must go.</summary>
internal static class Deviations
{
    private static readonly (string Operation, string Row, int Status, string Why)[] All =
    [
        ("Registration.EnrolDelegations", "key", 200, "many streams, many transactions: each item is idempotent by its name, so the request needs no key"),
        ("Registration.SignIn", "key", 401, "nobody's password is compared under a key: a wrong one is told before anything could be remembered"),
        ("Registration.RefreshSession", "key", 401, "a token that names no session has no stream to remember a key with"),
        ("Registration.SignOut", "key", 204, "a token that names no session has nothing to end and no stream to remember a key with"),
    ];

    private static readonly ConcurrentDictionary<string, bool> Given = new();

    /// <summary>Whether this answer is a known deviation.</summary>
    public static bool Has(Operation route, string row, Answer answer)
    {
        var found = All.Any(d => d.Operation == $"{route.Service.Name}.{route.Served.OperationId}" && d.Row == row && d.Status == (int)answer.Status);
        if (found)
            Given.TryAdd($"{route.Service.Name}.{route.Served.OperationId} {row}", true);
        return found;
    }

    /// <summary>Those of a row that nobody has met.</summary>
    public static IEnumerable<string> NotGiven(string row) => All.Where(d => d.Row == row).Select(d => $"{d.Operation} {d.Row}").Where(name => !Given.ContainsKey(name));
}
