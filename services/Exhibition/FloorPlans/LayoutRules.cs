using System.Security.Cryptography;
using System.Text.Json;
using Expo.Kernel;

namespace Expo.Exhibition.FloorPlans;

/// <summary>What makes a layout a plan: the rules that span its members.</summary>
public static class LayoutRules
{
    /// <summary>The same layout has the same fingerprint.</summary>
    public static string FingerprintOf(Layout layout) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(layout)));

    /// <summary>Every code of the tree: pavilions, zones and sections.</summary>
    public static IEnumerable<string> Codes(Layout layout) =>
        from pavilion in layout.Pavilions
        from code in pavilion.Zones.SelectMany(zone => zone.Sections.Select(section => section.Code).Prepend(zone.Code)).Prepend(pavilion.Code)
        select code;

    /// <summary>The first thing that is wrong, or nothing.</summary>
    public static Refusal? Check(Layout layout)
    {
        if (Repeated(Codes(layout)) is { } code)
            return Refusal.Rule("floor_plan.code_repeated", $"代码“{code}”重复。", $"The code {code} occurs twice.").With("code", code);

        if (Repeated(layout.Booths.Select(Place)) is { } place)
            return Refusal.Rule("floor_plan.booth_repeated", $"展位“{place}”重复。", $"The booth {place} occurs twice.").With("booth", place);

        var areas = Areas(layout);
        foreach (var booth in layout.Booths)
        {
            if (!areas.TryGetValue(booth.Zone, out var sections) || (booth.Section is { } section && !sections.Contains(section)))
            {
                return Refusal.Rule(
                    "floor_plan.zone_unknown", $"展位“{Place(booth)}”所在的展区或板块不存在。", $"The zone or section of booth {Place(booth)} is not in the plan.")
                    .With("booth", Place(booth));
            }

            if (booth.Polygon.Any(point => point is not { Count: 2 } || point.Any(number => !double.IsFinite(number))))
            {
                return Refusal.Rule(
                    "floor_plan.polygon_invalid", $"展位“{Place(booth)}”的角点须为 [x, y]。", $"Every corner of booth {Place(booth)} must be [x, y].")
                    .With("booth", Place(booth));
            }
        }

        return null;
    }

    /// <summary>A booth's place as people say it.</summary>
    public static string Place(PlannedBooth booth) => $"{booth.Hall}/{booth.Number}";

    /// <summary>Where booths may stand: each zone, or pavilion without zones, with its sections.</summary>
    private static Dictionary<string, HashSet<string>> Areas(Layout layout) =>
        layout.Pavilions.SelectMany(pavilion => pavilion.Zones)
            .Select(zone => (zone.Code, Sections: zone.Sections.Select(section => section.Code)))
            .Concat(layout.Pavilions.Where(pavilion => pavilion.Zones.Count == 0).Select(pavilion => (pavilion.Code, Sections: Enumerable.Empty<string>())))
            .ToDictionary(area => area.Code, area => area.Sections.ToHashSet());

    private static string? Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
}
