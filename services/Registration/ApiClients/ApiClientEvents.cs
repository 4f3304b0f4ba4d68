namespace Expo.Registration.ApiClients;

// These names and shapes are what is stored. Add freely; never rename or retype. Of a secret only its hash is in them.

/// <summary>As what an agency of human resources works (猎头、人力资源市场、劳务派遣和外包、人才测评、管理咨询); more may come.</summary>
public enum HrAgencyKind
{
    /// <summary>猎头.</summary>
    Headhunter,

    /// <summary>人力资源市场.</summary>
    HrMarket,

    /// <summary>劳务派遣.</summary>
    LabourDispatch,

    /// <summary>外包.</summary>
    Outsourcing,

    /// <summary>人才测评.</summary>
    Assessment,

    /// <summary>管理咨询.</summary>
    ManagementConsulting,
}

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
