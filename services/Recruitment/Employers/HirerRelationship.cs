using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Employers;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened between an employer and an agency.</summary>
public abstract record HirerEvent;

/// <summary>The employer lets the agency act for it, or changed in what.</summary>
public sealed record AgencyApproved(Guid RelationshipId, Guid EmployerId, Guid AgencyId, IReadOnlyList<HrAgencyKind> Kinds) : HirerEvent;

/// <summary>The employer lets the agency act for it no longer; the jobs that it has posted stay.</summary>
public sealed record AgencyRevoked(Guid RelationshipId, Guid EmployerId, Guid AgencyId) : HirerEvent;

/// <summary>Whether an agency may act for an employer.</summary>
public sealed record HirerRelationship(Guid Id, Guid EmployerId, Guid AgencyId, IReadOnlyList<HrAgencyKind> Kinds, HirerStatus Status)
    : IState<HirerRelationship>
{
    /// <summary>Two that have nothing to do with each other.</summary>
    public HirerRelationship()
        : this(Guid.Empty, Guid.Empty, Guid.Empty, [], HirerStatus.None)
    {
    }

    /// <summary>One relationship for each employer and agency.</summary>
    public static Guid IdOf(Guid employer, Guid agency) => NaturalId.For("hirer", employer.ToString(), agency.ToString());

    /// <inheritdoc />
    public HirerRelationship Evolve(object @event) => @event switch
    {
        AgencyApproved e => new(e.RelationshipId, e.EmployerId, e.AgencyId, e.Kinds, HirerStatus.Approved),
        AgencyRevoked _ => this with { Status = HirerStatus.Revoked },
        _ => this,
    };
}

/// <summary>Where a relationship stands.</summary>
public enum HirerStatus
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The agency may post for the employer.</summary>
    Approved,

    /// <summary>It no longer may.</summary>
    Revoked,
}

/// <summary>Why an agency cannot act.</summary>
public static class HirerRefusals
{
    /// <summary>No such employer, or none that approved this agency: the two look the same.</summary>
    public static readonly Refusal EmployerUnknown = Refusal.Unknown(
        "employer.unknown", "没有这个用人单位，或其尚未授权贵机构。", "There is no such employer, or it has not approved your agency.");

    /// <summary>No verified organisation of this kind.</summary>
    public static readonly Refusal AgencyUnknown = Refusal.Unknown(
        "agency.unknown", "没有这家人力资源服务机构。", "There is no such human-resources agency.");
}
