using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Fairs;

/// <summary>A fair and its rules, as the committee writes them (requirements J-01 to J-07, J-10, J-11); stored as it is written.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Slogan">Its slogan.</param>
/// <param name="Audiences">Whom it is for.</param>
/// <param name="Formats">How it is held; where nothing is said, as the edition is.</param>
/// <param name="MinAnnualSalary">What a job must pay; none: anything.</param>
/// <param name="Industries">Which industries it is for; none: any.</param>
/// <param name="Areas">Its parts.</param>
/// <param name="StudyRegions">Where candidates studied.</param>
/// <param name="UniversityRank">How good the candidates' universities are; candidates declare it.</param>
/// <param name="CandidateRule">Who may apply, in words.</param>
/// <param name="EmployerRule">Which employers may take part, in words; the organiser decides.</param>
/// <param name="Services">What is offered to employers and candidates.</param>
/// <param name="Extras">What else belongs to it.</param>
/// <param name="Organisers">Who holds it.</param>
public sealed record FairDefinition(
    [Needed, TextUpTo(100)] Text Name,
    [TextUpTo(100)] Text? Slogan,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(8)] IReadOnlyList<TalentAudience> Audiences,
    [CountUpTo(10)] IReadOnlyList<OfferedFormat>? Formats,
    AnnualSalaryRule? MinAnnualSalary,
    IndustryList? Industries,
    AreaList? Areas,
    RegionList? StudyRegions,
    UniversityRankRule? UniversityRank,
    [TextUpTo(500)] Text? CandidateRule,
    [TextUpTo(500)] Text? EmployerRule,
    ServiceList? Services,
    [CountUpTo(50)] IReadOnlyList<FairExtra>? Extras,
    [CountUpTo(50)] IReadOnlyList<FairOrganiser>? Organisers)
{
    /// <summary>Whether it says the same, member for member.</summary>
    public bool Says(FairDefinition? other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);
}

/// <summary>A format, and the provinces (GB/T 2260) in which it is held; none: it is not bound to any.</summary>
public sealed record OfferedFormat([Needed] FairFormat? Format, [CountUpTo(34)] IReadOnlyList<string>? Provinces);

/// <summary>What a job must pay a year: threshold, operator and end of the range are settings (decision Q6).</summary>
public sealed record AnnualSalaryRule([Needed] Money Threshold, [Needed] SalaryOperator? Operator, [Needed] PayEnd? End);

/// <summary>Industries; an open-ended list names some and shuts out none.</summary>
public sealed record IndustryList(bool OpenEnded, [Needed, CountUpTo(50)] IReadOnlyList<ListedIndustry> Items);

/// <summary>An industry, and what the fair calls it.</summary>
public sealed record ListedIndustry([Needed] Industry? Code, [TextUpTo(100)] Text? Name);

/// <summary>Parts of a fair; an open-ended list names some and shuts out none.</summary>
public sealed record AreaList(bool OpenEnded, [Needed, CountUpTo(50)] IReadOnlyList<ListedArea> Items);

/// <summary>A part, and what the fair calls it.</summary>
public sealed record ListedArea([Needed] FairArea? Code, [TextUpTo(100)] Text? Name);

/// <summary>Regions of study.</summary>
public sealed record RegionList(bool OpenEnded, [Needed, CountUpTo(50)] IReadOnlyList<StudyRegion> Items);

/// <summary>Services, in words.</summary>
public sealed record ServiceList(bool OpenEnded, [Needed, CountUpTo(50)] IReadOnlyList<Text> Items);

/// <summary>The first so many universities of a ranking and year; the source names neither.</summary>
public sealed record UniversityRankRule([Within(1, 10_000)] int Top, [LengthUpTo(100)] string? Ranking, [Within(2000, 2100)] int? Year);

/// <summary>Something else that belongs to a fair.</summary>
public sealed record FairExtra([Needed, LengthUpTo(64)] string Code, [Needed, TextUpTo(200)] Text Name);

/// <summary>A body, by its code, and what it does for the fair.</summary>
public sealed record FairOrganiser([Needed] OrganiserRole? Role, [Needed, LengthUpTo(64)] string Organisation);
