namespace Expo.Demo.Acts;

/// <summary>The committee defines the fixture's four job fairs, with their rules as data.</summary>
internal static class HoldJobFairs
{
    public static async Task Play(Stage stage, CancellationToken ct)
    {
        stage.Narrator.Act("招聘会", "The job fairs");
        var fairs = $"/api/recruitment/v1/editions/{stage.Edition}/fairs";
        foreach (var fair in stage.Fixture.JobFairs)
        {
            (await stage.Committee.Put($"{fairs}/{fair.Code}", Definition(fair), ct)).OrFail();
        }

        var known = await stage.Committee.Get<Page<Fair>>(fairs, ct);
        stage.Narrator.Step("Recruitment keeps the fairs and their rules", ("fairs", string.Join(", ", known.Items.Select(fair => fair.Code))));
    }

    private static object Definition(FixtureFair fair) => new
    {
        name = new { fair.Zh, fair.En },
        slogan = fair.SloganZh is { } slogan ? new { zh = slogan } : null,
        fair.Audiences,
        formats = fair.Formats.Select(format => new { format = format.StartsWith("线上", StringComparison.Ordinal) ? "online_zone" : "onsite_session" }),
        minAnnualSalary = fair.MinAnnualSalaryCnyExclusive is { } floor
            ? new { threshold = new { amount = floor, currency = "CNY" }, @operator = "above", end = "min" }
            : null,
        industries = fair.Industries is { } industries
            ? new { industries.OpenEnded, items = industries.Items.Select(item => new { item.Code, name = new { item.Zh } }) }
            : null,
        areas = fair.Areas is { } areas ? new { areas.OpenEnded, items = areas.Items.Select(item => new { item.Code, name = new { item.Zh } }) } : null,
        studyRegions = fair.StudyRegions,
        candidateRule = Chinese(fair.CandidateRule),
        employerRule = Chinese(fair.EmployerRule),
        services = fair.Services is { } services ? new { services.OpenEnded, items = services.Items.Select(Chinese) } : null,
        extras = fair.Extras.Select(extra => new { extra.Code, name = new { extra.Zh } }),
        organisers = fair.Organisers.Select(organiser => new { organiser.Role, organisation = organiser.Org }),
    };

    private static object? Chinese(string? zh) => zh is null ? null : new { zh };

    private sealed record Fair(string Code);
}
