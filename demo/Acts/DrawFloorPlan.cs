namespace Expo.Demo.Acts;

/// <summary>The committee loads the floor plan: the fixture's pavilions, zones and sections, with sample booths in each (the source lists none).</summary>
internal static class DrawFloorPlan
{
    private const int BoothsPerArea = 8;
    private const int BoothSide = 3;

    public static async Task Play(Stage stage, CancellationToken ct)
    {
        stage.Narrator.Act("展区平面图", "The floor plan");
        var path = $"/api/exhibition/v1/editions/{stage.Edition}/floor-plan";
        var layout = Layout(stage.Fixture.Pavilions);
        (await stage.Committee.Put(path, layout, ct)).OrFail();
        var plan = await stage.Committee.Get<Plan>(path, ct);
        stage.Narrator.Step("Exhibition keeps the plan",
            ("floor plan", plan.Id), ("version", plan.Version), ("pavilions", layout.Pavilions.Count), ("sample booths", layout.Booths.Count));
        stage.Remember("exhibition", "floor plan", $"editions/{stage.Edition}/floor-plan/{plan.Id}");
    }

    private static LayoutBody Layout(List<FixturePlace> pavilions)
    {
        var areas =
            from pavilion in pavilions
            from zone in pavilion.Zones.DefaultIfEmpty(pavilion)
            from section in zone.Sections.Select(section => section.Code).DefaultIfEmpty()
            select (Hall: Hall(pavilions.IndexOf(pavilion)), Zone: zone.Code, Section: section);
        return new LayoutBody(
            [.. pavilions.Select(pavilion => new PavilionBody(pavilion.Code, Name(pavilion),
                [.. pavilion.Zones.Select(zone => new ZoneBody(zone.Code, Name(zone),
                    [.. zone.Sections.Select(section => new SectionBody(section.Code, Name(section)))]))]))],
            [.. areas.SelectMany((area, row) => Enumerable.Range(0, BoothsPerArea).Select(column => Booth(area.Hall, area.Zone, area.Section, row, column)))]);
    }

    // Which pavilion stands in which hall is not published; six halls, one after the other, will do.
    private static string Hall(int pavilion) => $"{pavilion + 1}";

    private static Dictionary<string, string> Name(FixturePlace place) => new() { ["zh"] = place.Zh, ["en"] = place.En };

    private static BoothBody Booth(string hall, string zone, string? section, int row, int column)
    {
        var (x, y) = (column * BoothSide, row * BoothSide);
        return new BoothBody(hall, $"{(char)('A' + row)}{column + 1:00}", zone, section, BoothSide * BoothSide, "standard",
            [[x, y], [x + BoothSide, y], [x + BoothSide, y + BoothSide], [x, y + BoothSide]]);
    }

    private sealed record Plan(Guid Id, int Version);

    private sealed record LayoutBody(IReadOnlyList<PavilionBody> Pavilions, IReadOnlyList<BoothBody> Booths);

    private sealed record PavilionBody(string Code, Dictionary<string, string> Name, IReadOnlyList<ZoneBody> Zones);

    private sealed record ZoneBody(string Code, Dictionary<string, string> Name, IReadOnlyList<SectionBody> Sections);

    private sealed record SectionBody(string Code, Dictionary<string, string> Name);

    private sealed record BoothBody(
        string Hall, string Number, string Zone, string? Section, int AreaM2, string Kind, IReadOnlyList<IReadOnlyList<int>> Polygon);
}
