using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Registration.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>The program that is to act for an agency.</summary>
/// <param name="Name">What its people call it.</param>
/// <param name="AgencyKind">As what the agency uses it.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record CreateApiClientRequest(
    [Needed, LengthUpTo(100)] string Name, [Needed] HrAgencyKind? AgencyKind, [Needed, CountUpTo(10), KnownScopes] IReadOnlyList<string> Scopes);

/// <summary>Let a program of a verified agency in, with its first secret.</summary>
public sealed record CreateApiClient(
    Guid ClientId, Guid OrganisationId, OrganisationKind Kind, bool Verified, string Name, HrAgencyKind AgencyKind, IReadOnlyList<string> Scopes,
    Guid SecretId, string SecretHash, Guid CreatedBy)
{
    /// <summary>Only agencies of human resources post by program. The id is new, so it can only exist because this created it.</summary>
    public Decision<ApiClientEvent> Decide(ApiClient client, DateTimeOffset now) => client switch
    {
        _ when client.Id != Guid.Empty => Decision<ApiClientEvent>.Nothing,
        _ when !Verified => VerifiedOrganisations.NotVerified,
        _ when Kind != OrganisationKind.HrAgency => Refusal.Conflict(
            "apiclient.agency_only", "仅人力资源服务机构可以使用 API 客户端。", "Only agencies of human resources have API clients."),
        _ => new Decision<ApiClientEvent>.Accepted(
            new ApiClientCreated(ClientId, OrganisationId, Name, AgencyKind, ApiClients.Scopes.Sorted(Scopes), CreatedBy, now),
            new ApiClientSecretAdded(ClientId, SecretId, SecretHash, now)),
    };
}

internal static class CreateApiClientEndpoint
{
    public static void Map(RouteGroupBuilder organisation) => organisation
        .MapPost("", Handle)
        .WithName(nameof(CreateApiClient))
        .WithSummary("Let a program of your agency in; its secret is shown this once")
        .Fulfils("J-15", "X-25");

    private static async Task<Results<Created<ShownSecret>, ProblemHttpResult>> Handle(
        Guid organisationId, CreateApiClientRequest body, Caller caller, Standings standings, Streams streams, HttpResponse response, CancellationToken ct)
    {
        if (!ApiClient.MayManage(organisationId, caller) || await standings.Of(organisationId, ct) is not { } agency)
            return Standings.Unknown.ToProblem();

        var (clientId, secretId, secret) = (Guid.CreateVersion7(), Guid.CreateVersion7(), ClientSecret.New());
        var command = new CreateApiClient(
            clientId, organisationId, agency.Kind, agency.Verified, body.Name, body.AgencyKind!.Value, body.Scopes,
            secretId, secret.Hash, caller.AccountId);
        response.Headers.CacheControl = "no-store";
        return await streams.Decide<ApiClient, ApiClientEvent>(clientId, command.Decide, new With
        {
            Reply = Reply.Created($"/api/registration/v1/api-clients/{clientId}", new ShownSecret(clientId, secretId, secret.Text)),
        }, ct).CreatedOrProblem<ShownSecret>();
    }
}
