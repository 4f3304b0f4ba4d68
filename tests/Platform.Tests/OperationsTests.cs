using System.Diagnostics;
using System.Net;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>What an operator sees of the running platform, over HTTP and from the shell.</summary>
[Trait("needs", "platform")]
public sealed class OperationsTests(RunningPlatform platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static int count;

    /// <summary>Every service.</summary>
    public static TheoryData<string> Services() => [.. RunningPlatform.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_broker_is_as_each_service_needs_it_and_its_lag_is_shown(string service)
    {
        using var operations = await platform.Operations();
        await Eventually.Is(
            async () => (await operations.Get($"/api/{service}/v1/operations/topology")).Text, text => text == """{"differences":[]}""", within: TimeSpan.FromSeconds(40));
        var lag = (await operations.Get($"/api/{service}/v1/operations/lag")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(0, lag.GetProperty("parked").GetInt64());
        (await (await platform.Colleague("gate_staff")).Get($"/api/{service}/v1/operations/lag")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_shell_asks_the_same_as_the_operations_desk()
    {
        Assert.Contains("\"lastEvent\"", await Ops("registration", "lag"), StringComparison.Ordinal);
        Assert.Contains("\"dryRun\":true", await Ops(
            "forum", "replay", "forum-keep-edition-when-announced", "registration", "0", "a \"test\"", "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("a \\u0022test", await Ops("forum", "log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_projection_is_rebuilt_while_it_is_read_and_written()
    {
        var told = (await platform.Story()).Edition;
        var code = Fresh();
        await Announce(code, 77);
        await platform.Sql("registration", $"update mt_doc_edition set data = jsonb_set(data, '{{Announced,Number}}', '78') where data -> 'Announced' ->> 'Code' = '{code}'");
        Assert.Equal(78, (await Editions())[code]); // what a wrong fold left behind
        var before = await Editions();
        Assert.Contains("\"dryRun\":true", await Ops("registration", "rebuild", "Edition", "a test", "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("\"state\":\"waiting\"", await Ops("registration", "rebuild", "Edition", "a fold was wrong"), StringComparison.Ordinal);

        var written = new List<string>();
        var rebuild = await Eventually.Is(
            async () =>
            {
                if (written.Count < 25)
                {
                    written.Add(Fresh());
                    await Announce(written[^1], written.Count);
                }

                var seen = await Editions();
                Assert.Superset(before.Keys.Concat(written).ToHashSet(), seen.Keys.ToHashSet());
                using var operations = await platform.Operations();
                return (await operations.Get("/api/registration/v1/operations/lag")).Is(HttpStatusCode.OK).Json.GetProperty("projections").EnumerateArray()
                    .Single(projection => projection.GetProperty("name").GetString() == "Edition").GetProperty("rebuild");
            },
            rebuild => rebuild.GetProperty("state").GetString() is "done" or "failed", Patience);

        Assert.Equal("done", rebuild.GetProperty("state").GetString());
        Assert.Equal(rebuild.GetProperty("target").GetInt64(), rebuild.GetProperty("position").GetInt64());
        var after = await Editions();
        Assert.Equal((77, before[told]), (after[code], after[told]));
        Assert.Equal(Enumerable.Range(1, written.Count), written.Select(one => after[one]));
    }

    [Fact]
    public async Task A_message_that_fails_is_seen_and_retried_after_mending_and_another_is_skipped()
    {
        const string Service = "forum";
        var (retried, skipped) = (Fresh(), Fresh());
        await platform.Sql(Service, $"""
            create function refuse_a_test() returns trigger language plpgsql as $$ begin raise exception 'not for now'; end $$;
            create trigger refuse_a_test before insert on mt_events for each row
                when (new.type = 'edition_heard' and new.data::text ~ '{retried}|{skipped}') execute function refuse_a_test()
            """);
        await Announce(retried, 1);
        await Announce(skipped, 2);

        using var operations = await platform.Operations();
        var parked = await Eventually.Is(
            async () => (await operations.Get($"/api/{Service}/v1/operations/parked-messages")).Is(HttpStatusCode.OK).Json.GetProperty("items"), items => items.GetArrayLength() == 2, Patience);
        var ids = parked.EnumerateArray().ToDictionary(message => message.GetProperty("edition").GetString()!, message => message.GetProperty("id").GetString()!);
        Assert.Contains("\"status\":\"parked\"", await Ops(Service, "show", ids[retried]), StringComparison.Ordinal);
        var feed = (await operations.Get($"/api/{Service}/v1/operations/lag")).Is(HttpStatusCode.OK).Json.GetProperty("feeds").EnumerateArray()
            .Single(feed => feed.GetProperty("source").GetString() == "registration");
        Assert.Equal(2, feed.GetProperty("parked").GetInt64());

        await platform.Sql(Service, "drop function refuse_a_test cascade");
        await Ops(Service, "retry", ids[retried], "the rule was taken out");
        await Ops(Service, "skip", ids[skipped], "that edition is not held");
        await Eventually.Is(async () => (await Editions(Service)).Keys, known => known.Contains(retried), Patience);
        Assert.DoesNotContain(skipped, (await Editions(Service)).Keys);
        await Eventually.Is(async () => (await operations.Get($"/api/{Service}/v1/operations/lag")).Json.GetProperty("parked").GetInt64(), count => count == 0, Patience);
    }

    [Fact]
    public async Task A_paused_relay_tells_nothing_until_it_is_resumed()
    {
        var code = Fresh();
        await Ops("registration", "pause", "a test");
        await Announce(code, 3);
        using var operations = await platform.Operations();
        var relay = (await operations.Get("/api/registration/v1/operations/lag")).Is(HttpStatusCode.OK).Json.GetProperty("relay");
        Assert.Equal("a test", relay.GetProperty("paused").GetProperty("why").GetString());
        Assert.DoesNotContain(code, (await Editions("forum")).Keys);
        await Ops("registration", "resume", "it is over");
        await Eventually.Is(async () => (await Editions("forum")).Keys, known => known.Contains(code), Patience);
    }

    private static string Fresh() => $"ops_{Guid.CreateVersion7():n}"[..20] + Interlocked.Increment(ref count);

    private async Task Announce(string code, int number) => (await (await platform.Committee()).Post("/api/registration/v1/editions", new
    {
        code, number, year = 2026, deliveryMode = "hybrid", name = new { zh = "演练", en = "Rehearsal" }, openDays = new[] { "2026-11-28" },
    })).Is(HttpStatusCode.Created);

    private async Task<Dictionary<string, int>> Editions(string service = "registration") =>
        (await platform.Gateway().Get($"/api/{service}/v1/editions?limit=200")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .ToDictionary(edition => edition.GetProperty("code").GetString()!, edition => edition.GetProperty("number").GetInt32());

    private async Task<string> Ops(params string[] arguments)
    {
        var gateway = platform.Gateway().BaseAddress!.ToString().TrimEnd('/');
        using var expo = Process.Start(new ProcessStartInfo(Path.Combine(Root(), "expo"), ["ops", .. arguments])
        {
            Environment = { ["EXPO_GATEWAY"] = gateway, ["EXPO_OPERATOR_PASSWORD"] = platform.OperationsPassword },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (expo.StandardOutput.ReadToEndAsync(), expo.StandardError.ReadToEndAsync());
        await expo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(expo.ExitCode == 0, $"{await output}\n{await errors}");
        return await output;
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "ExpoPlatform.sln")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
