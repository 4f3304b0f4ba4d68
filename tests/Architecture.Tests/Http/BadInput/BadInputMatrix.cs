using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.TestKit;

namespace Expo.Architecture.Tests.Http.BadInput;

/// <summary>
/// Every route of every service gets every kind of bad input, and gives the answer that the API's conventions name. Which rows a route has
/// follows from its metadata: its body, its path, whether it binds a version, whom it lets in. These hosts have no broker, so the operators'
/// commands on it are not among them.
/// </summary>
[Trait("needs", "postgres")]
public sealed class BadInputMatrix(RunningServices running)
{
    private const string Remedy = "Answer bad input as docs and C1 say, or fix the sample in Http/BadInput.";

    [Fact]
    public async Task Every_route_can_be_called_with_a_valid_body()
    {
        var faults = new Faults();
        var rows = await Each(_ => true, async (call, route) =>
        {
            if (route.Body is not { } body)
                return;
            var answer = await call.Send(Bodies.Valid(body).ToJsonString());
            faults.Unless(answer.Status != HttpStatusCode.BadRequest && answer.Code is not ("validation" or "auth.required" or "auth.forbidden") && (int)answer.Status is not (415 or >= 500), route, "a valid body", answer);
        });
        Rule.MatchedSomething(rows, atLeast: 60);
        faults.Report("Teach Bodies, Overrides or Operation.Caller how to call this route: without that it has no rows.");
    }

    [Fact]
    public async Task Every_route_of_the_description_has_a_row_and_every_row_a_route()
    {
        foreach (var service in await running.All)
        {
            var description = (await service.App.Client().Get("/openapi/v1.json")).Is(HttpStatusCode.OK).Json.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}")).ToHashSet();
            var rows = service.Endpoints.Where(e => e.IsOurs).Select(e => System.Text.RegularExpressions.Regex.Replace(e.Route, @"\{\**(\w+)[^}]*\}", "{$1}").TrimEnd('/')).ToHashSet();
            Rule.NoneOf(description.Where(route => !rows.Contains(route) && route.Contains("/api/", StringComparison.Ordinal)), $"{service.Name} describes a route that has no row.");
            Rule.NoneOf(rows.Where(route => !description.Contains(route)), $"{service.Name} serves a route that its description does not name.");
        }
    }

    [Fact]
    public Task What_is_not_JSON_is_malformed() => SendEach((_, _) => ["{"], IsMalformed);

    [Fact]
    public Task A_member_that_nobody_knows_is_malformed() => SendEach((type, body) =>
        Bodies.Places(type).Select(place => body.With(place + "/surpriseMember", (parent, name) => parent[name] = 1)), IsMalformed);

    [Fact]
    public Task A_value_of_the_wrong_type_is_malformed() => SendEach((type, body) =>
        Bodies.Members(type).Select(m => body.With(m.Pointer, (parent, name) => parent[name] = Bodies.WrongType(m.Type))), IsMalformed);

    [Fact]
    public Task A_text_or_list_that_is_too_long_is_named() => Fields(
        member => Bodies.HasLength(member.Type),
        (parent, name, member) => parent[name] = Bodies.TooLong(member),
        ["field.too_long", "field.invalid", "field.unknown_code", "field.out_of_range"]);

    [Fact]
    public Task A_member_that_is_missing_is_named() => Fields(member => member.Needed, (parent, name, _) => parent.Remove(name), ["field.required"]);

    [Fact]
    public async Task Every_text_and_list_has_a_limit()
    {
        var members = (await Operations()).Where(route => route.Body is not null)
            .SelectMany(route => Bodies.Members(route.Body!).Where(m => Bodies.HasLength(m.Type)).Select(m => (route, m))).ToList();
        Rule.MatchedSomething(members, atLeast: 30);
        Rule.NoneOf(members.Where(found => Bodies.TooLong(found.m) is null).Select(found => $"{found.route.Name} #{found.m.Pointer}"),
            "Give the member [LengthUpTo], [TextUpTo], [CountUpTo], [OneOf] or a pattern with an end.");
    }

    [Fact]
    public async Task What_is_unknown_is_not_found()
    {
        var faults = new Faults();
        var rows = await Each(route => route.Parameters.Count > 0, async (call, route) =>
        {
            foreach (var parameter in route.Parameters)
            {
                var answer = await call.With(parameter.Name, call.Unknown(parameter)).Send(call.Body());

                // Whoever puts something under a key of their own may make what is not there yet.
                var isMade = route.PutsUnder(parameter) && (int)answer.Status is 200 or 201 or 204;
                faults.Unless(isMade || IsNotFound(answer) || Deviations.Has(route, "unknown", answer), route, $"unknown {parameter.Name}", answer);
            }
        });
        Rule.MatchedSomething(rows, atLeast: 30);
        faults.Report(Remedy, known: "unknown");
    }

    [Fact]
    public async Task What_is_somebody_elses_is_not_found()
    {
        var faults = new Faults();
        var rows = await Each(route => route.IsForOwners, async (call, route) =>
        {
            var existing = await call.Existing();
            var mine = await existing.Send(existing.Body());
            var answer = await existing.As(call.Seeds.Stranger).Send(existing.Body());
            faults.Unless(mine.Status != HttpStatusCode.NotFound || mine.Code != answer.Code, route, "its owner", mine);
            faults.Unless(IsNotFound(answer) || Deviations.Has(route, "owner", answer), route, "a stranger", answer);
        });
        Rule.MatchedSomething(rows, atLeast: 10);
        faults.Report(Remedy, known: "owner");
    }

    [Fact]
    public async Task A_version_that_is_no_longer_the_last_one_is_stale()
    {
        var faults = new Faults();
        var stale = 0;
        var rows = await Each(route => route.BindsVersion, async (call, route) =>
        {
            var existing = await call.Existing();
            var answer = await existing.Send(call.Body(), ifMatch: 1_000_000);
            if (answer is { Status: HttpStatusCode.PreconditionFailed, Code: "version.stale" })
                Interlocked.Increment(ref stale);
            else
                // What a part of the request is not there for, it is not there for at any version.
                faults.Unless(answer.Status == HttpStatusCode.NotFound && (await existing.Send(call.Body())).Code == answer.Code, route, "an old version", answer);
        });
        Rule.MatchedSomething(rows, atLeast: 10);
        Assert.True(stale > rows.Count * 2 / 3, $"Only {stale} of {rows.Count} routes said that the version is stale: make more samples exist.");
        faults.Report(Remedy);
    }

    [Fact]
    public async Task An_idempotency_key_is_for_one_body()
    {
        var faults = new Faults();
        var rows = await Each(route => route.Body is not null && route.Method != HttpMethod.Get, async (call, route) =>
        {
            var key = Expo.TestKit.Http.NewKey();
            var first = await call.Send(call.Body(), key);
            if ((int)first.Status is 409 or 412 or >= 500)
                first = await (call = await call.Existing()).Send(call.Body(), key);
            if ((int)first.Status is 409)
                first = await (call = call.As(call.Seeds.Stranger)).Send(call.Body(), key);
            faults.Unless((int)first.Status is not (409 or 412 or 429 or >= 500), route, "a first body", first);
            var answer = await call.Send(Bodies.Valid(route.Body!, other: true).ToJsonString(), key);
            faults.Unless(answer is { Status: HttpStatusCode.UnprocessableEntity, Code: "idempotency.key_reused" } || Deviations.Has(route, "key", answer), route, $"another body after {(int)first.Status} {first.Code}", answer);
        });
        Rule.MatchedSomething(rows, atLeast: 20);
        faults.Report(Remedy, known: "key");
    }

    [Fact]
    public async Task A_page_that_cannot_be_is_malformed()
    {
        var faults = new Faults();
        var rows = await Each(route => route.Pages, async (call, route) =>
        {
            foreach (var query in (string[])["?limit=many", "?limit=0", "?cursor=%21"])
                if (await call.Send(null, query: query) is var answer)
                    faults.Unless(IsMalformed(answer), route, query, answer);
        });
        Rule.MatchedSomething(rows, atLeast: 5);
        faults.Report(Remedy);
    }

    private static bool IsMalformed(Answer answer) => answer is { Status: HttpStatusCode.BadRequest, Code: "request.malformed" };

    private static bool IsNotFound(Answer answer) => answer.Status == HttpStatusCode.NotFound && answer.Code?.EndsWith(".unknown", StringComparison.Ordinal) == true && answer.Code != "route.unknown";

    private async Task SendEach(Func<Type, JsonObject, IEnumerable<string>> bad, Func<Answer, bool> expected)
    {
        var faults = new Faults();
        var rows = await Each(route => route.Body is not null, async (call, route) =>
        {
            foreach (var body in bad(route.Body!, Bodies.Valid(route.Body!)))
                if (await call.Send(body) is var answer)
                    faults.Unless(expected(answer), route, body, answer);
        });
        Rule.MatchedSomething(rows, atLeast: 20);
        faults.Report(Remedy);
    }

    private async Task Fields(Func<Member, bool> which, Action<JsonObject, string, Member> change, string[] codes)
    {
        var faults = new Faults();
        var rows = await Each(route => route.Body is not null && Bodies.Members(route.Body).Any(which), async (call, route) =>
        {
            foreach (var member in Bodies.Members(route.Body!).Where(which))
            {
                var answer = await call.Send(Bodies.Valid(route.Body!).With(member.Pointer, (parent, name) => change(parent, name, member)));
                faults.Unless(
                    answer is { Status: HttpStatusCode.UnprocessableEntity, Code: "validation" } && answer.Json.GetProperty("errors").EnumerateArray().Any(error =>
                        error.GetProperty("pointer").GetString()!.StartsWith("#" + member.Pointer, StringComparison.Ordinal) && codes.Contains(error.GetProperty("code").GetString())),
                    route, member.Pointer, answer);
            }
        });
        Rule.MatchedSomething(rows, atLeast: 15);
        faults.Report(Remedy);
    }

    private async Task<IReadOnlyList<Operation>> Operations() =>
        [.. (await running.All).SelectMany(service => service.Endpoints.Where(e => e.IsOurs && !e.NeedsBroker).Select(e => new Operation(service, e)))];

    private async Task<IReadOnlyList<Operation>> Each(Func<Operation, bool> applies, Func<Calling, Operation, Task> ask)
    {
        var asked = new List<Operation>();
        foreach (var service in await running.All)
        {
            var seeds = new Seeds(service);
            await seeds.Begin();
            foreach (var route in service.Endpoints.Where(e => e.IsOurs && !e.NeedsBroker).Select(e => new Operation(service, e)).Where(applies))
            {
                await ask(new Calling(route, seeds), route);
                asked.Add(route);
            }
        }

        return asked;
    }
}

/// <summary>What went another way than it should.</summary>
internal sealed class Faults
{
    private readonly List<string> found = [];

    public void Unless(bool asExpected, Operation route, string sent, Answer answer)
    {
        if (!asExpected)
            found.Add($"{route.Name} [{(sent.Length > 120 ? sent[..120] + "…" : sent)}] → {(int)answer.Status} {answer.Code} {Why(answer)}");
    }

    private static string Why(Answer answer) => answer.Code == "validation"
        ? string.Join(", ", answer.Json.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("code")}"))
        : answer.Text.Length > 300 ? answer.Text[..300] : answer.Text;

    public void Report(string remedy, string? known = null)
    {
        Rule.NoneOf(found, remedy);
        if (known is not null)
            Rule.NoneOf(Deviations.NotGiven(known), "It answers as it should now: remove it from Deviations.");
    }
}
