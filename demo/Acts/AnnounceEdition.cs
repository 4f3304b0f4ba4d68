namespace Expo.Demo.Acts;

/// <summary>The committee announces the fixture's edition with its deadlines; the other services hear of it.</summary>
internal static class AnnounceEdition
{
    private static readonly string[] Listeners = ["exhibition", "recruitment", "forum", "matchmaking"];

    public static async Task Play(Stage stage, CancellationToken ct)
    {
        stage.Narrator.Act("大会发布", "The edition");
        var edition = stage.Fixture.Edition;
        var announcement = new
        {
            code = stage.Edition,
            edition.Number,
            year = stage.Calendar.Year(edition.Year),
            edition.DeliveryMode,
            name = Text(edition.NameZh, edition.NameEn),
            theme = Text(edition.ThemeZh),
            openDays = stage.Calendar.Days(edition.OpenDays),
            arrivalDays = stage.Calendar.Days(edition.ArrivalDays),
            moveInDays = stage.Calendar.Days(edition.MoveInDays),
            organisers = Organisers(stage.Fixture).ToArray(),
            deadlines = edition.Deadlines.Select(deadline => new { deadline.Code, date = stage.Calendar.Day(deadline.Date), deadline.Kind }).ToArray(),
        };
        (await stage.Committee.Post("/api/registration/v1/editions", announcement, ct)).OrFail("edition.announced");
        var announced = await stage.Committee.Get<Edition>($"/api/registration/v1/editions/{stage.Edition}", ct);
        stage.Narrator.Step("Registration keeps the edition",
            ("edition", announced.Id), ("code", announced.Code), ("deadlines", string.Join(", ", announced.Deadlines.Select(d => $"{d.Code} {d.Date} ({d.Kind})"))));
        stage.Remember("registration", "edition", $"editions/{announced.Id}");

        foreach (var service in Listeners)
        {
            await stage.Committee.Await<Page<Known>>($"/api/{service}/v1/editions?limit=200",
                page => page.Items.Any(known => known.Code == stage.Edition), ct);
        }
        stage.Narrator.Step($"{string.Join(", ", Listeners)} heard of it (EditionAnnounced)");
    }

    private static IEnumerable<object> Organisers(Fixture fixture)
    {
        var names = fixture.Organisations.ToDictionary(organisation => organisation.Code, organisation => organisation.Zh);
        return fixture.Edition.Hosts.Select(code => ("host", code))
            .Concat(fixture.Edition.Undertakers.Select(code => ("undertaker", code)))
            .Concat(fixture.Edition.Executors.Select(code => ("executor", code)))
            .Select(organiser => new { role = organiser.Item1, name = Text(names[organiser.code]) });
    }

    private static Dictionary<string, string> Text(string zh, string? en = null) =>
        en is null ? new() { ["zh"] = zh } : new() { ["zh"] = zh, ["en"] = en };

    private sealed record Edition(Guid Id, string Code, IReadOnlyList<Deadline> Deadlines);

    private sealed record Deadline(string Code, string Date, string Kind);

    private sealed record Known(string Code);
}
