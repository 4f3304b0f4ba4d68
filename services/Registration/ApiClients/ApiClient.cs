using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.ApiClients;

/// <summary>Whether a program gets tokens.</summary>
public enum ApiClientState
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>Not until the committee lets it in again.</summary>
    Suspended,

    /// <summary>Never again.</summary>
    Revoked,
}

/// <summary>A secret that is good, by its hash.</summary>
public sealed record LiveSecret(Guid Id, string Hash, DateTimeOffset AddedAt);

/// <summary>A program of an agency: for which organisation it acts, what it may do, and what it proves itself with.</summary>
public sealed record ApiClient(
    Guid Id, Guid OrganisationId, string Name, HrAgencyKind AgencyKind, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt,
    IReadOnlyList<LiveSecret> Secrets, IReadOnlyList<Guid> RevokedSecrets, ApiClientState State, string? SuspendedBecause) : IState<ApiClient>
{
    /// <summary>So many secrets are good at once: the one in use and the one to rotate to.</summary>
    public const int MostSecrets = 2;

    /// <summary>The answer when there is no such client, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("apiclient.unknown", "没有这个 API 客户端。", "There is no such API client.");

    /// <summary>The answer when a client that is shut out for good is to change.</summary>
    public static readonly Refusal Over = Refusal.Conflict("apiclient.revoked", "该 API 客户端已注销。", "This API client was revoked.");

    /// <summary>A client that nobody created.</summary>
    public ApiClient()
        : this(Guid.Empty, Guid.Empty, "", default, [], default, [], [], ApiClientState.Active, null)
    {
    }

    /// <summary>Whether the caller may see and change it: its organisation's administrator, or the committee.</summary>
    public bool IsOf(Caller caller) => Id != Guid.Empty && MayManage(OrganisationId, caller);

    /// <summary>Whether the caller may create clients for this organisation.</summary>
    public static bool MayManage(Guid organisationId, Caller caller) =>
        caller.Is(Roles.CommitteeOfficer) || (caller.Is(Roles.OrganisationAdministrator) && caller.OrganisationId == organisationId);

    /// <summary>Whether one of its live secrets is this one, in a time that does not depend on which.</summary>
    public bool Accepts(ClientSecret secret) => Secrets.Aggregate(false, (found, live) => found | secret.Matches(live.Hash));

    /// <inheritdoc />
    public ApiClient Evolve(object @event) => @event switch
    {
        ApiClientCreated e => new(e.ClientId, e.OrganisationId, e.Name, e.AgencyKind, e.Scopes, e.At, [], [], ApiClientState.Active, null),
        ApiClientSecretAdded e => this with { Secrets = [.. Secrets, new LiveSecret(e.SecretId, e.Hash, e.At)] },
        ApiClientSecretRevoked e => this with
        {
            Secrets = Secrets.Where(secret => secret.Id != e.SecretId).ToArray(), RevokedSecrets = [.. RevokedSecrets, e.SecretId],
        },
        ApiClientRevoked _ => this with
        {
            State = ApiClientState.Revoked, SuspendedBecause = null, Secrets = [], RevokedSecrets = [.. RevokedSecrets, .. Secrets.Select(secret => secret.Id)],
        },
        ApiClientSuspended e => this with { State = ApiClientState.Suspended, SuspendedBecause = e.Reason },
        ApiClientResumed _ => this with { State = ApiClientState.Active, SuspendedBecause = null },
        _ => this,
    };
}
