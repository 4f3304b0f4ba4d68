using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Matchmaking.Listings;

/// <summary>A need or an offer as its organisation writes it (the fields of the needs workbook's second sheet, A9: our proposal); stored as it is written.</summary>
/// <param name="Kind">A project, people who are wanted, or people who are there (M-07).</param>
/// <param name="ResourceKind">What it is about (M-09).</param>
/// <param name="Direction">Wanted or to be had (M-10).</param>
/// <param name="Title">What it is called.</param>
/// <param name="Summary">What it is, in short.</param>
/// <param name="Background">Where it comes from.</param>
/// <param name="TechnicalTargets">What has to be reached.</param>
/// <param name="Fields">The fields it belongs to, as codes; the list of fields is open.</param>
/// <param name="Stage">Technology readiness, 1 to 9.</param>
/// <param name="CooperationModes">How to work together (M-14).</param>
/// <param name="PartnerSought">Who is looked for.</param>
/// <param name="Budget">What may be spent, or is asked.</param>
/// <param name="Period">From when until when the work is to be done.</param>
/// <param name="IprStatus">How the intellectual property is protected.</param>
/// <param name="KeyNeedWish">Whether it wishes to be put on a board.</param>
/// <param name="Confidentiality">Whether everybody may read it; public unless said otherwise.</param>
/// <param name="SpecialServiceNote">What help beyond the free basics is wished for.</param>
public sealed record ListingForm(
    [Needed] ListingKind? Kind,
    [Needed] ResourceKind? ResourceKind,
    [Needed] Direction? Direction,
    [Needed, TextUpTo(60)] Text Title,
    [Needed, TextUpTo(500)] Text Summary,
    [TextUpTo(2000)] Text? Background,
    [TextUpTo(2000)] Text? TechnicalTargets,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(10), EachLike(EachLikeAttribute.Code)] IReadOnlyList<string> Fields,
    [Within(1, 9)] int? Stage,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(4)] IReadOnlyList<CooperationMode> CooperationModes,
    PartnerSought? PartnerSought,
    MoneyRange? Budget,
    Period? Period,
    IprStatus? IprStatus,
    bool KeyNeedWish,
    Confidentiality? Confidentiality,
    [TextUpTo(500)] Text? SpecialServiceNote)
{
    /// <summary>Whether it says the same, member for member.</summary>
    public bool Says(ListingForm? other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);
}

/// <summary>Who is looked for. Kinds and countries are wishes; that the partner must be overseas binds.</summary>
public sealed record PartnerSought(
    [CountUpTo(20), EachLike(EachLikeAttribute.Code)] IReadOnlyList<string>? Kinds,
    [CountUpTo(50), EachLike(EachLikeAttribute.Country)] IReadOnlyList<string>? Countries,
    bool OverseasOnly);

/// <summary>From so much to so much money, or only one end of it: decimals written as text, and an ISO 4217 code.</summary>
public sealed record MoneyRange(
    [RegularExpression(Money.Decimals, ErrorMessage = "Write the amount as a decimal, such as 23.42.")] string? Min,
    [RegularExpression(Money.Decimals, ErrorMessage = "Write the amount as a decimal, such as 23.42.")] string? Max,
    [Needed, RegularExpression(Money.Codes, ErrorMessage = "Write the currency as three capitals, such as CNY.")] string Currency);

/// <summary>Days from and until, both included.</summary>
public sealed record Period(DateOnly? From, DateOnly? Until);

/// <summary>What a listing is (M-07).</summary>
public enum ListingKind
{
    /// <summary>项目合作.</summary>
    ProjectCooperation,

    /// <summary>人才需求.</summary>
    TalentDemand,

    /// <summary>人才资源.</summary>
    TalentResource,
}

/// <summary>What a listing is about (M-09).</summary>
public enum ResourceKind
{
    /// <summary>项目.</summary>
    Project,

    /// <summary>技术.</summary>
    Technology,

    /// <summary>资金.</summary>
    Funding,

    /// <summary>人才.</summary>
    Talent,
}

/// <summary>供 or 需 (M-10).</summary>
public enum Direction
{
    /// <summary>供: to be had.</summary>
    Offer,

    /// <summary>需: wanted; such a listing is a need.</summary>
    Request,
}

/// <summary>How to work together (M-14).</summary>
public enum CooperationMode
{
    /// <summary>技术对接.</summary>
    TechnologyMatching,

    /// <summary>科研合作.</summary>
    ResearchCooperation,

    /// <summary>成果转移.</summary>
    ResultTransfer,

    /// <summary>岗位招聘.</summary>
    Recruitment,
}
