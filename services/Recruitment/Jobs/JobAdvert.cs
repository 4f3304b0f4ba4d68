using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;

namespace Expo.Recruitment.Jobs;

/// <summary>A job as an agency puts it (requirement J-13; the fields are those of schema.org's JobPosting); stored as it is written.</summary>
/// <param name="EmployerRef">The agency's reference to the employer.</param>
/// <param name="Edition">The edition whose fairs are asked for; needed with <c>fairs</c>.</param>
/// <param name="Fairs">The codes of the fairs that the job is to be in.</param>
/// <param name="Title">2 to 80 characters, without pay.</param>
/// <param name="DescriptionHtml">Up to 20,000 characters, with simple tags and without attributes.</param>
/// <param name="ValidThrough">Until when; at most 90 days ahead.</param>
/// <param name="EmploymentType">schema.org's value.</param>
/// <param name="ConfidentialEmployer">Whether the employer's name is hidden; then no markup is published.</param>
/// <param name="Locations">Where; at least one unless <c>remote</c>.</param>
/// <param name="Remote">Whether it can be done from anywhere in <c>applicantCountries</c>.</param>
/// <param name="ApplicantCountries">From where (ISO 3166-1 alpha-2).</param>
/// <param name="Salary">What it pays.</param>
/// <param name="Openings">How many people are wanted.</param>
/// <param name="Industry">Of which industry it is.</param>
/// <param name="OccupationCode">What the occupation is called in a classification.</param>
/// <param name="Education">What education is asked for at least.</param>
/// <param name="ExperienceMonths">How many months of experience.</param>
/// <param name="Skills">Skills, in words.</param>
/// <param name="Responsibilities">What there is to do.</param>
/// <param name="Qualifications">What one must have.</param>
/// <param name="Benefits">What else is offered.</param>
/// <param name="WorkHours">When one works.</param>
/// <param name="WorkPermitHelp">Whether the employer helps with the work permit.</param>
/// <param name="Eligibility">Who may work there.</param>
/// <param name="DirectApply">Whether one applies on this platform.</param>
/// <param name="ApplyUrl">Where one applies otherwise.</param>
/// <param name="StartDate">When it begins.</param>
/// <param name="ImmediateStart">Whether it can begin at once.</param>
/// <param name="Audiences">Whom it is for; none: anybody.</param>
/// <param name="FairArea">In which part of a fair it belongs.</param>
/// <param name="RecruitmentDesk">Whether people are received at a desk on the spot.</param>
public sealed record JobAdvert(
    [Needed, LengthUpTo(64)] string EmployerRef,
    [LengthUpTo(64)] string? Edition,
    [CountUpTo(20)] IReadOnlyList<string>? Fairs,
    [Needed, TextUpTo(80)] Text Title,
    [Needed, TextUpTo(20_000)] Text DescriptionHtml,
    [Needed] DateTimeOffset? ValidThrough,
    [Needed, OneOf("FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER")] string EmploymentType,
    bool ConfidentialEmployer,
    [CountUpTo(50)] IReadOnlyList<JobLocation>? Locations,
    bool Remote,
    [CountUpTo(50)] IReadOnlyList<string>? ApplicantCountries,
    Salary? Salary,
    [Within(1, 100_000)] int? Openings,
    [Needed] Industry? Industry,
    OccupationCode? OccupationCode,
    Education? Education,
    [Within(0, 720)] int? ExperienceMonths,
    [CountUpTo(50)] IReadOnlyList<string>? Skills,
    [TextUpTo(5000)] Text? Responsibilities,
    [TextUpTo(5000)] Text? Qualifications,
    [TextUpTo(5000)] Text? Benefits,
    [TextUpTo(500)] Text? WorkHours,
    bool WorkPermitHelp,
    [TextUpTo(500)] Text? Eligibility,
    bool DirectApply,
    [LengthUpTo(2000), RegularExpression("^https://[^\\s]+$", ErrorMessage = "Write an https address.")] string? ApplyUrl,
    DateOnly? StartDate,
    bool ImmediateStart,
    [CountUpTo(8)] IReadOnlyList<TalentAudience>? Audiences,
    FairArea? FairArea,
    bool RecruitmentDesk)
{
    /// <summary>Whether it says the same, member for member.</summary>
    public bool Says(JobAdvert? other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);
}

/// <summary>A place of work.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Province">Of the mainland: the two digits of GB/T 2260.</param>
/// <param name="City">Of the mainland: the six digits of GB/T 2260.</param>
/// <param name="Locality">The place's name.</param>
public sealed record JobLocation(
    [Needed, RegularExpression("^[A-Z]{2}$", ErrorMessage = "Write the country as two capitals, such as CN.")] string Country,
    [RegularExpression("^[1-9][0-9]$", ErrorMessage = "Write the province as two digits, such as 44.")] string? Province,
    [RegularExpression("^[1-9][0-9]{5}$", ErrorMessage = "Write the city as six digits, such as 440300.")] string? City,
    [TextUpTo(100)] Text? Locality);

/// <summary>An occupation in a classification.</summary>
public sealed record OccupationCode([Needed, OneOf("national", "isco", "onet")] string Scheme, [Needed, LengthUpTo(32)] string Code);

/// <summary>An education, from the lowest.</summary>
public enum Education
{
    /// <summary>不限.</summary>
    None,

    /// <summary>高中或中专.</summary>
    SecondarySchool,

    /// <summary>大专.</summary>
    Associate,

    /// <summary>本科.</summary>
    Bachelor,

    /// <summary>硕士.</summary>
    Master,

    /// <summary>博士.</summary>
    Doctorate,
}
