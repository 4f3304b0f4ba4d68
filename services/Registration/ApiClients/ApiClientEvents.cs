using Expo.Kernel.Vocabulary;

namespace Expo.Registration.ApiClients;

// These names and shapes are what is stored. Add freely; never rename or retype. Of a secret only its hash is in them.

/// <summary>Something that happened to an API client.</summary>
public abstract record ApiClientEvent;

/// <summary>An agency's program was let in.</summary>
public sealed record ApiClientCreated(
    Guid ClientId, Guid OrganisationId, string Name, HrAgencyKind AgencyKind, IReadOnlyList<string> Scopes, Guid CreatedBy, DateTimeOffset At) : ApiClientEvent;

/// <summary>It got a secret, the first or one more to rotate to.</summary>
public sealed record ApiClientSecretAdded(Guid ClientId, Guid SecretId, string Hash, DateTimeOffset At) : ApiClientEvent;

/// <summary>One of its secrets opens nothing any more.</summary>
public sealed record ApiClientSecretRevoked(Guid ClientId, Guid SecretId, Guid RevokedBy) : ApiClientEvent;

/// <summary>The program is shut out for good.</summary>
public sealed record ApiClientRevoked(Guid ClientId, Guid RevokedBy) : ApiClientEvent;

/// <summary>The committee shut the program out for the time being.</summary>
public sealed record ApiClientSuspended(Guid ClientId, string Reason, Guid SuspendedBy) : ApiClientEvent;

/// <summary>The committee let it in again.</summary>
public sealed record ApiClientResumed(Guid ClientId, Guid ResumedBy) : ApiClientEvent;
