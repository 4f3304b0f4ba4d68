namespace Expo.Registration.Accounts;

// These names and shapes are what is stored. Add freely; never rename or retype. The user name is never in them.

/// <summary>For whom an account acts.</summary>
public enum RegistrantKind
{
    /// <summary>参展单位: an organisation.</summary>
    Organisation,

    /// <summary>个人: a person.</summary>
    Individual,
}

/// <summary>Something that happened to an account.</summary>
public abstract record AccountEvent;

/// <summary>Somebody signed up.</summary>
public sealed record AccountSignedUp(Guid AccountId, RegistrantKind RegistrantKind) : AccountEvent;

/// <summary>The committee gave the account a role; the first account's role comes from nobody.</summary>
public sealed record RoleGranted(Guid AccountId, string Role, Guid? GrantedBy) : AccountEvent;

/// <summary>The committee took a role away.</summary>
public sealed record RoleRevoked(Guid AccountId, string Role, Guid RevokedBy) : AccountEvent;

/// <summary>Its owner ended every session that was open, for the so-manieth time.</summary>
public sealed record SignedOutEverywhere(Guid AccountId, int SignOuts) : AccountEvent;
