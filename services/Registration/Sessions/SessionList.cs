using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Registration.Accounts;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Sessions;

/// <summary>An open session as its owner sees it: when it began, was last refreshed, and ends. From where is not kept.</summary>
public sealed record ListedSession(Guid Id, DateTimeOffset? OpenedAt, DateTimeOffset? RefreshedAt, DateTimeOffset EndsAt);

internal static class SessionListEndpoint
{
    public static void Map(RouteGroupBuilder sessions) => sessions
        .MapGet("", Handle)
        .RequireAuthorization()
        .WithName("ListSessions")
        .WithSummary("Your open sessions, oldest first")
        .Fulfils("R-01");

    private static async Task<Ok<Page<ListedSession>>> Handle(
        Paging paging, Caller caller, Streams streams, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        var signOuts = (await streams.Read<Account>(caller.AccountId, ct)).State?.SignOuts ?? 0;
        var rows = await session.QueryAsync<Session>(
            """
            where d.account_id = ? and d.data ->> 'Revoked' = 'false' and (d.data ->> 'EndsAt')::timestamptz > ?
            and coalesce((d.data ->> 'SignOuts')::int, 0) = ? and d.id::text > ? order by d.id::text limit ?
            """,
            ct, caller.AccountId, clock.GetUtcNow(), signOuts, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ListedSession>.Of(
            rows.Select(open => new ListedSession(open.Id, open.OpenedAt, open.RefreshedAt, open.EndsAt)).ToArray(), paging.Limit, open => open.Id.ToString()));
    }
}
