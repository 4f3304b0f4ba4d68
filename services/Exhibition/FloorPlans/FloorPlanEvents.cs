using System.ComponentModel.DataAnnotations;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.FloorPlans;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to an edition's floor plan.</summary>
public abstract record FloorPlanEvent;

/// <summary>A whole plan was imported; each import is the next version.</summary>
/// <param name="FloorPlanId">The plan, one for each edition.</param>
/// <param name="EditionCode">The edition.</param>
/// <param name="Version">1 for the first import.</param>
/// <param name="Layout">The plan itself.</param>
/// <param name="Fingerprint">SHA-256 of the layout.</param>
/// <param name="Planned">The booths that are new in this version, or other than before.</param>
/// <param name="StruckOff">The booths that were on the version before and are not on this one.</param>
public sealed record FloorPlanImported(
    Guid FloorPlanId, string EditionCode, int Version, Layout Layout, string Fingerprint, IReadOnlyList<Guid> Planned,
    IReadOnlyList<Guid> StruckOff) : FloorPlanEvent;

/// <summary>How the halls are divided: the tree of pavilions, zones and sections, and the booths in it.</summary>
public sealed record Layout(
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(100)] IReadOnlyList<Pavilion> Pavilions,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(5000)] IReadOnlyList<PlannedBooth> Booths);

/// <summary>A pavilion (馆).</summary>
public sealed record Pavilion([Needed, LengthUpTo(64)] string Code, [Needed, TextUpTo(200)] Text Name, [Needed, CountUpTo(100)] IReadOnlyList<Zone> Zones);

/// <summary>A zone (展区) of a pavilion.</summary>
public sealed record Zone(
    [Needed, LengthUpTo(64)] string Code, [Needed, TextUpTo(200)] Text Name, [CountUpTo(2)] IReadOnlyList<AreaKind>? AreaKinds,
    [Needed, CountUpTo(100)] IReadOnlyList<Section> Sections);

/// <summary>A section (板块) of a zone.</summary>
public sealed record Section([Needed, LengthUpTo(64)] string Code, [Needed, TextUpTo(200)] Text Name);

/// <summary>Whose area a part of a zone is (requirement X-02).</summary>
public enum AreaKind
{
    /// <summary>政府区域.</summary>
    Government,

    /// <summary>企业区域.</summary>
    Enterprise,
}

/// <summary>How a booth is handed over.</summary>
public enum BoothKind
{
    /// <summary>Bare floor (光地).</summary>
    Raw,

    /// <summary>A built booth (标展).</summary>
    Standard,
}

/// <summary>A booth as the plan draws it.</summary>
/// <param name="Hall">The hall's code, 1 to 6.</param>
/// <param name="Number">Its number, unique in its hall.</param>
/// <param name="Zone">The code of its zone, or of its pavilion when that has no zones.</param>
/// <param name="Section">The code of its section, if its zone has sections.</param>
/// <param name="AreaM2">Its area in square metres.</param>
/// <param name="Kind">Bare or built.</param>
/// <param name="Polygon">Its corners on the hall's drawing, each <c>[x, y]</c>.</param>
/// <param name="DeliveryMode">On the ground, on the net or both; on the ground unless said otherwise.</param>
public sealed record PlannedBooth(
    [Needed, OneOf("1", "2", "3", "4", "5", "6")] string Hall,
    [Needed, LengthUpTo(16)] string Number,
    [Needed, LengthUpTo(64)] string Zone,
    [LengthUpTo(64)] string? Section,
    [Needed, Within(0.1, 100_000)] decimal? AreaM2,
    [Needed] BoothKind? Kind,
    [Needed, MinLength(3, ErrorMessage = "field.required"), CountUpTo(100)] IReadOnlyList<IReadOnlyList<double>> Polygon,
    DeliveryMode? DeliveryMode);
