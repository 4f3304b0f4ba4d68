namespace Expo.Exhibition.Booths;

/// <summary>What the rest of the platform may know about a booth; everything else stays private.</summary>
public static class BoothMessages
{
    /// <summary>The message that an event is told as, or none.</summary>
    public static object? Translate(BoothEvent @event) => @event switch
    {
        BoothAllocated e => new Contracts.Exhibition.BoothAllocated(e.EditionCode, e.ApplicationId, e.BoothId, e.OrganisationId, e.Hall, e.Number, e.Zone),
        _ => null,
    };
}
