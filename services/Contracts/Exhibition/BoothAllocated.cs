namespace Expo.Contracts.Exhibition;

/// <summary>A booth was allocated to an exhibitor whose fee is paid. Sent once for each application. Heard by: Registration (issues exhibitor passes to the booth's staff).</summary>
/// <param name="EditionCode">The edition.</param>
/// <param name="ApplicationId">The booth application.</param>
/// <param name="BoothId">The booth.</param>
/// <param name="OrganisationId">The exhibitor.</param>
/// <param name="Hall">The hall's code.</param>
/// <param name="Number">The booth's number in its hall.</param>
/// <param name="Zone">The zone's code on the floor plan.</param>
public sealed record BoothAllocated(string EditionCode, Guid ApplicationId, Guid BoothId, Guid OrganisationId, string Hall, string Number, string Zone);
