namespace Expo.Matchmaking.Listings;

/// <summary>How the intellectual property of a project stands (ours).</summary>
public enum IprStatus
{
    /// <summary>Not protected.</summary>
    None,

    /// <summary>Kept as know-how.</summary>
    KnowHow,

    /// <summary>Applied for.</summary>
    AppliedFor,

    /// <summary>Granted.</summary>
    Granted,

    /// <summary>Copyright.</summary>
    Copyright,
}

/// <summary>Who may read a listing (M-22).</summary>
public enum Confidentiality
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>不便公开: nobody but those whom an officer brings together. Such listings are not taken yet.</summary>
    Confidential,
}

/// <summary>Why an organisation closes its listing.</summary>
public enum ClosureReason
{
    /// <summary>It found what it looked for.</summary>
    Fulfilled,

    /// <summary>It gave up.</summary>
    Withdrawn,
}

/// <summary>Where a listing stands (workflow W6).</summary>
public enum ListingStatus
{
    /// <summary>It does not exist.</summary>
    None,

    /// <summary>Only its organisation sees it.</summary>
    Drafted,

    /// <summary>It is to be published.</summary>
    Submitted,

    /// <summary>Everybody sees it and may answer.</summary>
    Published,

    /// <summary>It has found at least one partner; others may still answer.</summary>
    Matched,

    /// <summary>It has ended.</summary>
    Closed,
}
