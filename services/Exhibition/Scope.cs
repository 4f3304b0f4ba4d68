using Expo.Kernel.Http;

namespace Expo.Exhibition;

/// <summary>What a caller may touch: the things of one edition and, for an exhibitor, only its own organisation's; the rest does not exist for it.</summary>
public sealed record Scope(string EditionCode, Guid? OrganisationId)
{
    /// <summary>Everything of the edition.</summary>
    public static Scope All(string edition) => new(edition, null);

    /// <summary>What belongs to the caller's organisation.</summary>
    public static Scope Own(string edition, Caller caller) => new(edition, caller.OrganisationId ?? Guid.Empty);

    /// <summary>Everything for the committee, its own for an exhibitor.</summary>
    public static Scope Of(string edition, Caller caller) =>
        caller.Is(Roles.CommitteeOfficer) || caller.Is(Roles.CommitteeFinance) ? All(edition) : Own(edition, caller);

    /// <summary>Whether a thing of this edition and organisation is inside.</summary>
    public bool Covers(string edition, Guid organisation) => edition == EditionCode && (OrganisationId is null || OrganisationId == organisation);
}
