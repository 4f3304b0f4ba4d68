namespace Expo.Contracts.Registration;

/// <summary>The committee verified an organisation's profile. Sent for each verification. Heard by: Exhibition, Recruitment, Forum, Matchmaking (they keep a directory entry).</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English, if it has one.</param>
/// <param name="Kind">What it is, a code of requirement X-21.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Province">Its province, for organisations of the mainland.</param>
public sealed record OrganisationVerified(Guid OrganisationId, string NameZh, string? NameEn, string Kind, string Country, string? Province);
