using Expo.Kernel;
using Expo.Kernel.Http;

namespace Expo.Registration.Organisations;

/// <summary>Where an organisation stands with the committee.</summary>
public enum OrganisationState
{
    /// <summary>It waits to be verified.</summary>
    Submitted,

    /// <summary>Its profile is verified.</summary>
    Verified,

    /// <summary>Its profile has to be changed first.</summary>
    Returned,
}

/// <summary>An organisation with its profile and the account that acts for it.</summary>
public sealed record Organisation(
    Guid Id, string Country, string RegistrationNumber, Profile? Profile, Guid Administrator, OrganisationState State, string? ReturnedBecause)
    : IState<Organisation>
{
    /// <summary>The answer when there is no such organisation, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("organisation.unknown", "没有这个单位。", "There is no such organisation.");

    /// <summary>An organisation that nobody registered.</summary>
    public Organisation()
        : this(Guid.Empty, "", "", null, Guid.Empty, OrganisationState.Submitted, null)
    {
    }

    /// <summary>Whether the caller acts for it; the administrator does at once, before a token says so.</summary>
    public bool IsOf(Caller caller) => Id != Guid.Empty && (Id == caller.OrganisationId || Administrator == caller.AccountId);

    /// <inheritdoc />
    public Organisation Evolve(object @event) => @event switch
    {
        OrganisationRegistered e => new(e.OrganisationId, e.Country, e.RegistrationNumber, e.Profile, e.RegisteredBy, OrganisationState.Submitted, null),
        OrganisationProfileChanged e => this with { Profile = e.Profile, State = OrganisationState.Submitted, ReturnedBecause = null },
        OrganisationVerified _ => this with { State = OrganisationState.Verified },
        OrganisationReturned e => this with { State = OrganisationState.Returned, ReturnedBecause = e.Reason },
        _ => this,
    };
}
