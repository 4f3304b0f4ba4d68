namespace Expo.Registration.Passes;

// These names and shapes are what is stored. Add freely; never rename or retype. The holder is an id, never a name.

/// <summary>Why a gate did not admit a holder.</summary>
public enum EntryRefusal
{
    /// <summary>The pass belongs to another edition.</summary>
    WrongEdition,

    /// <summary>The pass was revoked.</summary>
    Revoked,

    /// <summary>The pass was not handed to its holder yet.</summary>
    NotActive,

    /// <summary>The edition is over.</summary>
    Expired,
}

/// <summary>Something that happened to a pass (W1) or at a gate (W12).</summary>
public abstract record PassEvent;

/// <summary>The pass was issued to one of an exhibitor's booth staff.</summary>
public sealed record PassIssued(Guid PassId, string EditionCode, Guid OrganisationId, Guid PersonId, DateTimeOffset ExpiresAt) : PassEvent;

/// <summary>The pass was handed to its holder.</summary>
public sealed record PassActivated(Guid PassId, Guid ActivatedBy) : PassEvent;

/// <summary>The committee revoked the pass.</summary>
public sealed record PassRevoked(Guid PassId, string Reason, Guid RevokedBy) : PassEvent;

/// <summary>A gate scanned the pass.</summary>
public sealed record PassScanned(Guid PassId, Guid CheckInId, string EditionCode, string Gate, Guid ScannedBy) : PassEvent;

/// <summary>The gate admitted the holder.</summary>
public sealed record HolderAdmitted(Guid PassId, Guid CheckInId) : PassEvent;

/// <summary>The gate refused the holder.</summary>
public sealed record HolderRefused(Guid PassId, Guid CheckInId, EntryRefusal Reason) : PassEvent;
