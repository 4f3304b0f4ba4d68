namespace Expo.Registration.ApiClients;

/// <summary>A secret, shown this once: nobody can read it again.</summary>
public sealed record ShownSecret(Guid ClientId, Guid SecretId, string ClientSecret);
