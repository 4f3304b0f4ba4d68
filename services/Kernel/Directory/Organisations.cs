using Expo.Contracts.Registration;

namespace Expo.Kernel.Directory;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something a service heard about an organisation.</summary>
public abstract record KnownOrganisationEvent;

/// <summary>Registration verified the organisation; <c>SourceVersion</c> is the version of that event there.</summary>
public sealed record OrganisationHeard(
    Guid OrganisationId, Text Name, string Kind, string Country, string? Province, long SourceVersion) : KnownOrganisationEvent;

/// <summary>What this service knows of a verified organisation.</summary>
public sealed record KnownOrganisation(Guid Id, Text? Name, string Kind, string Country, string? Province, long SourceVersion) : IState<KnownOrganisation>
{
    /// <summary>An organisation not heard of.</summary>
    public KnownOrganisation() : this(Guid.Empty, null, "", "", null, 0) { }

    /// <inheritdoc />
    public KnownOrganisation Evolve(object @event) => @event switch
    {
        OrganisationHeard e => new(e.OrganisationId, e.Name, e.Kind, e.Country, e.Province, e.SourceVersion),
        _ => this,
    };
}

/// <summary>Keep an organisation that was verified.</summary>
public sealed record KeepOrganisation(OrganisationVerified Message, long SourceVersion)
{
    /// <summary>An older verification than the one kept changes nothing.</summary>
    public Decision<KnownOrganisationEvent> Decide(KnownOrganisation organisation, DateTimeOffset now) =>
        SourceVersion <= organisation.SourceVersion
            ? Decision<KnownOrganisationEvent>.Nothing
            : new OrganisationHeard(
                Message.OrganisationId, new Text(Message.NameZh, Message.NameEn), Message.Kind, Message.Country, Message.Province, SourceVersion);
}

/// <summary>The organisations that may act: those that Registration verified.</summary>
public sealed class VerifiedOrganisations(Streams streams)
{
    /// <summary>The caller's organisation is not verified, or the caller has none.</summary>
    public static readonly Refusal NotVerified = Refusal.Conflict(
        "organisation.not_verified", "贵单位尚未通过审核。", "Your organisation has not been verified yet.");

    /// <summary>The caller's organisation if it is verified.</summary>
    public async Task<KnownOrganisation?> Of(Caller caller, CancellationToken ct) =>
        caller.OrganisationId is { } id && (await streams.Read<KnownOrganisation>(id, ct)) is { Version: > 0 } found ? found.State : null;
}
