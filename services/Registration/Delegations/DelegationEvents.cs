using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Delegations;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>What a delegation stands for (代表团).</summary>
public enum DelegationKind
{
    /// <summary>省.</summary>
    Province,

    /// <summary>直辖市.</summary>
    Municipality,

    /// <summary>自治区.</summary>
    AutonomousRegion,

    /// <summary>计划单列市.</summary>
    IndependentPlanningCity,

    /// <summary>副省级城市.</summary>
    SubProvincialCity,

    /// <summary>新疆生产建设兵团.</summary>
    Xpcc,
}

/// <summary>Something that happened to a delegation.</summary>
public abstract record DelegationEvent;

/// <summary>The committee put the delegation on the edition's list; the section is where it shows, if it has a place.</summary>
public sealed record DelegationEnrolled(Guid DelegationId, string EditionCode, Text Name, DelegationKind Kind, string? Section) : DelegationEvent;
