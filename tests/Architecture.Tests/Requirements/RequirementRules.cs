using Expo.Architecture.Tests.Http;

namespace Expo.Architecture.Tests.Requirements;

/// <summary>Requirements are tied to code by their ids, and what the table says was seen.</summary>
[Trait("needs", "postgres")]
public sealed class RequirementRules(RunningServices running)
{
    private const int MostIdsOfASpec = 3;

    /// <summary>Whether this is a full run, which left reports.</summary>
    public static bool ReportsAreThere => TestRun.Directory is not null;

    [Fact]
    public async Task The_table_of_requirements_is_fresh()
    {
        var table = await Table();
        var path = Repo.Path("docs", "requirements.md");
        if (Approved.Approving)
            Approved.Write(path, table.Page(), replace: true);

        Assert.True(Approved.Read(path) == table.Page(), $"docs/requirements.md is not what the code says. {Approved.HowTo}");
    }

    [Fact]
    public async Task Every_id_is_a_known_one()
    {
        var table = await Table();
        Rule.NoneOf(
            table.Built.SelectMany(b => b.Ids.Select(id => (id, b.Name))).Concat(table.Specs.SelectMany(s => s.Ids.Select(id => (id, s.Test))))
                .Where(tag => !RequirementTable.Known.ContainsKey(tag.id)).Select(tag => $"{tag.id}: {tag.Item2}"),
            "Correct the id, or add it with a title to tests/Architecture.Tests/Requirements/known.txt.");
    }

    [Fact]
    public async Task What_is_built_has_specs_and_specs_are_about_what_is_built()
    {
        var table = await Table();
        var built = table.Built.SelectMany(b => b.Ids).ToHashSet();
        var shown = table.Specs.SelectMany(s => s.Ids).ToHashSet();
        Rule.NoneOf(
            table.Built.SelectMany(b => b.Ids.Where(id => !shown.Contains(id)).Select(id => $"{id}: {b.Name}")),
            "Write a spec for it, or mark the one there is with [Requirement(\"…\")].");
        Rule.NoneOf(
            table.Specs.SelectMany(s => s.Ids.Where(id => !built.Contains(id)).Select(id => $"{id}: {s.Test}")),
            "Nothing built has this id: mark the endpoint with .Fulfils(\"…\") or the consumer with [Requirement(\"…\")], or take the mark off the spec.");
    }

    [Fact]
    public async Task A_spec_is_about_three_requirements_at_most() => Rule.NoneOf(
        (await Table()).Specs.Where(s => s.Ids.Count > MostIdsOfASpec).Select(s => $"{s.Test}: {string.Join(", ", s.Ids)}"),
        "A spec about everything shows nothing: split it, or keep the ids it is really about.");

    [Fact]
    public async Task Deciders_that_can_refuse_are_told_from_those_that_cannot()
    {
        var built = (await Table()).Built;
        Assert.True(built.Single(b => b.Name.StartsWith("POST ", StringComparison.Ordinal) && b.Name.EndsWith("/booths/{boothId}/reservation", StringComparison.Ordinal)).HasRule);
        Assert.False(built.Single(b => b.Name == "ReleaseBoothWhenHoldExpires").HasRule);
    }

    [Fact(Skip = "Only a full ./expo test leaves the reports of all projects.", SkipUnless = nameof(ReportsAreThere))]
    public async Task Every_requirement_was_seen_to_be_fulfilled_and_its_rules_to_refuse()
    {
        var table = await Table();
        var run = TestRun.Read(TestRun.Directory!);
        Rule.MatchedSomething(run.Passed, atLeast: 100);
        Rule.NoneOf(table.Specs.Where(s => !run.Passed.Contains(s.Test)).Select(s => s.Test), "A spec of a requirement did not run and pass.");

        var rows = table.Ids.Select(id => (Id: id, Built: table.Built.Where(b => b.Ids.Contains(id)).ToList(), Specs: table.Specs.Where(s => s.Ids.Contains(id)).ToList())).ToList();
        Rule.NoneOf(
            rows.Where(row => !row.Specs.Any(spec => run.Accepted(spec, row.Built))).Select(row => $"{row.Id}: {string.Join(", ", row.Built.Select(b => b.Name))}"),
            "No spec of this requirement saw it accepted: end one in Then(…), or call the endpoint and insist on Is(2xx), and mark it.");
        Rule.NoneOf(
            rows.Where(row => row.Built.Any(b => b.HasRule) && !row.Specs.Any(spec => run.Refused(spec, row.Built)))
                .Select(row => $"{row.Id}: {string.Join(", ", row.Built.Where(b => b.HasRule).Select(b => b.Name))}"),
            "There is a rule, and no spec of this requirement saw it refuse: end one in ThenRefused(code) or IsRefused(status, code), and mark it.");
    }

    private async Task<RequirementTable> Table()
    {
        var table = RequirementTable.Of(await running.Endpoints());
        Rule.MatchedSomething(table.Built, atLeast: 20);
        Rule.MatchedSomething(table.Specs, atLeast: 50);
        return table;
    }
}
