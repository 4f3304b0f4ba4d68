using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Organisations;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>What an organisation is (requirement X-21; the source's list is open).</summary>
public enum OrganisationKind
{
    /// <summary>领事馆.</summary>
    Consulate,

    /// <summary>商会.</summary>
    Chamber,

    /// <summary>社团.</summary>
    Association,

    /// <summary>高等院校.</summary>
    University,

    /// <summary>科研院所.</summary>
    ResearchInstitute,

    /// <summary>企业.</summary>
    Enterprise,

    /// <summary>国有企业.</summary>
    Soe,

    /// <summary>金融机构.</summary>
    Finance,

    /// <summary>人力资源服务机构.</summary>
    HrAgency,

    /// <summary>政府部门.</summary>
    Government,

    /// <summary>国（境）外专业机构.</summary>
    OverseasInstitution,

    /// <summary>专家组织.</summary>
    ExpertOrganisation,

    /// <summary>培训机构.</summary>
    TrainingInstitution,

    /// <summary>留学生组织.</summary>
    StudentOrganisation,

    /// <summary>留学生创业园.</summary>
    ReturneePark,

    /// <summary>外国人服务机构.</summary>
    ForeignerServiceAgency,

    /// <summary>软件学院.</summary>
    SoftwareCollege,

    /// <summary>软件基地.</summary>
    SoftwareBase,

    /// <summary>个人.</summary>
    Individual,
}

/// <summary>What may change in an organisation's profile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Province">Its province (GB/T 2260, two digits), for organisations of the mainland.</param>
public sealed record Profile(Text Name, OrganisationKind Kind, string? Province);

/// <summary>Something that happened to an organisation.</summary>
public abstract record OrganisationEvent;

/// <summary>An account registered its organisation and acts for it from now on.</summary>
public sealed record OrganisationRegistered(
    Guid OrganisationId, string Country, string RegistrationNumber, Profile Profile, Guid RegisteredBy) : OrganisationEvent;

/// <summary>Its profile is another one now and waits to be verified.</summary>
public sealed record OrganisationProfileChanged(Guid OrganisationId, Profile Profile) : OrganisationEvent;

/// <summary>The committee verified the profile.</summary>
public sealed record OrganisationVerified(Guid OrganisationId, string Country, Profile Profile, Guid VerifiedBy) : OrganisationEvent;

/// <summary>The committee gave the profile back to be changed.</summary>
public sealed record OrganisationReturned(Guid OrganisationId, string Reason, Guid ReturnedBy) : OrganisationEvent;
