using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Registration.Organisations;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>A live secret without its text.</summary>
public sealed record ListedSecret(Guid SecretId, DateTimeOffset AddedAt);

/// <summary>An API client as its organisation and the committee see it.</summary>
public sealed record ApiClientDetails(
    Guid ClientId, Guid OrganisationId, string Name, HrAgencyKind AgencyKind, IReadOnlyList<string> Scopes, ApiClientState State, string? SuspendedBecause,
    DateTimeOffset CreatedAt, IReadOnlyList<ListedSecret> Secrets)
{
    /// <summary>What is shown of it.</summary>
    public static ApiClientDetails Of(ApiClient client) => new(
        client.Id, client.OrganisationId, client.Name, client.AgencyKind, client.Scopes, client.State, client.SuspendedBecause, client.CreatedAt,
        client.Secrets.Select(secret => new ListedSecret(secret.Id, secret.AddedAt)).ToArray());
}

internal static class ApiClientDetailsEndpoints
{
    public static void MapList(RouteGroupBuilder organisation) => organisation
        .MapGet("", List)
        .WithName("ListApiClients")
        .WithSummary("The programs of your agency, oldest first")
        .Fulfils("J-15");

    public static void MapOne(RouteGroupBuilder client) => client
        .MapGet("", One)
        .WithName("GetApiClient")
        .WithSummary("One program of your agency")
        .Fulfils("J-15");

    private static async Task<Results<Ok<Page<ApiClientDetails>>, ProblemHttpResult>> List(
        Guid organisationId, Paging paging, Caller caller, Streams streams, IQuerySession session, CancellationToken ct)
    {
        if (!ApiClient.MayManage(organisationId, caller) || (await streams.Read<Organisation>(organisationId, ct)).State is null)
            return Organisation.Unknown.ToProblem();

        var rows = await session.QueryAsync<ApiClient>(
            "where d.organisation_id = ? and d.id::text > ? order by d.id::text limit ?", ct, organisationId, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ApiClientDetails>.Of(rows.Select(ApiClientDetails.Of).ToArray(), paging.Limit, client => client.ClientId.ToString()));
    }

    private static async Task<Results<Ok<ApiClientDetails>, ProblemHttpResult>> One(Guid clientId, Caller caller, Streams streams, CancellationToken ct) =>
        ((await streams.Read<ApiClient>(clientId, ct)).State is { } found && found.IsOf(caller) ? ApiClientDetails.Of(found) : null).OkOr(ApiClient.Unknown);
}
