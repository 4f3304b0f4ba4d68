namespace Expo.Recruitment;

/// <summary>How things are named in addresses.</summary>
internal static class Names
{
    /// <summary>Codes that we give.</summary>
    public const string Codes = "^[a-z][a-z0-9_]*$";

    /// <summary>The same, for people.</summary>
    public const string CodesSaid = "Use lower-case letters, digits and underscores, a letter first.";

    /// <summary>Ids that partners give to their own things.</summary>
    public const string External = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

    /// <summary>The same, for people.</summary>
    public const string ExternalSaid = "Use letters, digits, dots, hyphens and underscores, a letter or digit first.";
}
