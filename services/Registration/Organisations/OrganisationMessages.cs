using System.Text.Json;

namespace Expo.Registration.Organisations;

/// <summary>What the rest of the platform may know about an organisation.</summary>
public static class OrganisationMessages
{
    /// <summary>The message that an event becomes, if any.</summary>
    public static object? Translate(OrganisationEvent @event) => @event switch
    {
        OrganisationVerified e => new Contracts.Registration.OrganisationVerified(
            e.OrganisationId, e.Profile.Name.Zh, e.Profile.Name.En,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Profile.Kind.ToString()), e.Country, e.Profile.Province),
        _ => null,
    };
}
