namespace Expo.Demo.Acts;

/// <summary>An organisation proposes a forum to the Beijing group, which accepts it; the Shenzhen group gives it a room (F-03, F-04).</summary>
internal static class HoldForum
{
    private const int AfterTheExpo = 30;

    /// <summary>Returns the proposal.</summary>
    public static async Task<Guid> Play(Stage stage, Organisation proposer, CancellationToken ct)
    {
        stage.Narrator.Act("论坛", "A forum");
        var edition = $"/api/forum/v1/editions/{stage.Edition}";
        var (beijing, shenzhen) = (await GiveRoles.Give(stage, "beijing", "beijing_group", ct), await GiveRoles.Give(stage, "shenzhen", "shenzhen_group", ct));
        foreach (var series in stage.Fixture.Forums.Series)
        {
            (await stage.Committee.Put($"/api/forum/v1/series/{series.Code}", new
            {
                series.Tier, name = new { series.Zh }, series.Edition, organisers = series.Organisers.Select(organiser => new { organiser.Role, name = new { zh = stage.NameOfBody(organiser.Org) } }),
            }, ct)).OrFail();
        }

        (await shenzhen.Put($"{edition}/rooms", Rooms(stage), ct)).OrFail();
        stage.Narrator.Step("Forum keeps the series, and a plan of rooms that we made up");

        var day = stage.Calendar.Days(stage.Fixture.Edition.OpenDays).Max().AddDays(AfterTheExpo + Random.Shared.Next(100));
        var proposal = (await proposer.Session.Post($"{edition}/proposals", Proposal(day), ct, "organisation.not_verified")).As<Made>().Id;
        (await proposer.Session.Post($"{edition}/proposals/{proposal}/speakers", new
        {
            nameZh = People.Speaker.NameZh, nameEn = People.Speaker.NameEn, title = "Professor", country = "CN", kind = "keynote", confirmed = true,
        }, ct)).OrFail();
        (await proposer.Session.Post($"{edition}/proposals/{proposal}/submission", null, ct)).OrFail();
        stage.Narrator.Step("The exhibitor proposed a forum to the Beijing group", ("proposal", proposal));
        stage.Remember("forum", "forum proposal", $"editions/{stage.Edition}/proposals/{proposal}");

        var elsewhere = await shenzhen.Get<Page<Made>>($"{edition}/proposals?limit=200", ct);
        stage.Narrator.Step($"It is in Beijing's queue; Shenzhen's has it {elsewhere.Items.Count(item => item.Id == proposal)} times");
        foreach (var (step, body) in ((string, object?)[])[("review", null), ("content-review", new { outcome = "cleared" }), ("acceptance", new { })])
        {
            (await beijing.Post($"{edition}/proposals/{proposal}/{step}", body, ct)).OrFail();
        }
        stage.Narrator.Step("The Beijing group cleared its content and accepted it");

        var booking = (await shenzhen.Post($"{edition}/room-days/hall-5a/{day:yyyy-MM-dd}/bookings",
            new { proposalId = proposal, from = "09:00:00", to = "11:30:00", overrideReason = (string?)null }, ct)).As<Booked>().BookingId;
        stage.Narrator.Step("The Shenzhen group gave it a room", ("booking", booking), ("day", $"{day:yyyy-MM-dd}"));
        var taken = await shenzhen.Post($"{edition}/room-days/hall-5a/{day:yyyy-MM-dd}/bookings",
            new { proposalId = proposal, from = "11:00:00", to = "12:00:00", overrideReason = (string?)null }, ct);
        stage.Narrator.Step($"The same room at eleven is not to be had ({(int)taken.Status} {taken.Code})");

        await proposer.Session.Await<Forum>($"{edition}/forums/{proposal}", forum => forum.Place is not null, ct);
        stage.Narrator.Step("Everybody sees the forum with its room and time");
        return proposal;
    }

    private static object Rooms(Stage stage) => new
    {
        source = "synthetic",
        venues = stage.Fixture.Edition.Venues.Select(venue => new { venue.Code, name = new { venue.Zh } }),
        rooms = stage.Fixture.Edition.Venues.Take(1).SelectMany(venue => venue.MeetingFloors.SelectMany(floor => (string[])["a", "b", "c"], (floor, letter) => new
        {
            code = $"hall-{floor}{letter}", venue = venue.Code, name = new { zh = $"{floor}层{letter.ToUpperInvariant()}厅（示例）", en = $"Room {floor}{letter.ToUpperInvariant()} (sample)" },
            capacity = 300, floor,
        })),
    };

    private static object Proposal(DateOnly day) => new
    {
        workingGroup = "beijing",
        title = new { zh = "低碳技术论坛", en = "Forum on low-carbon technology" },
        tier = "parallel",
        organisers = (object[])[new { role = "host", name = new { zh = "测试科技公司", en = "Test Technology" } }],
        aim = new { zh = "交流低碳技术。", en = "To exchange low-carbon technology." },
        topics = (string[])["green_low_carbon"],
        agenda = (object[])[new { from = "09:00:00", minutes = 60, title = new { zh = "主旨演讲", en = "Keynote" } }],
        audience = 200,
        languages = (string[])["zh", "en"],
        interpreting = "simultaneous",
        preferred = new { day, from = "09:00:00", to = "11:30:00" },
        seats = 250,
        deliveryMode = "onsite",
        liveStream = true,
        contentAnswers = new { servesNationalStrategy = true, internationallySensitive = false },
    };

    private sealed record Made(Guid Id);

    private sealed record Booked(Guid BookingId);

    private sealed record Forum(Guid Id, object? Place);
}
