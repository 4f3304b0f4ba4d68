using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.OpenApi;

namespace Expo.Architecture.Tests.Http;

/// <summary>What clients are generated from is in the repository, so a change of it is seen in review (F9).</summary>
[Trait("needs", "postgres")]
public sealed class DescriptionRules(RunningServices running)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    [Fact]
    public async Task The_committed_descriptions_are_what_the_services_serve()
    {
        Rule.MatchedSomething(await running.Descriptions(), atLeast: 5);
        var stale = new List<string>();
        foreach (var (service, description) in await running.Descriptions())
        {
            var file = Repo.Path("openapi", $"{service.ToLowerInvariant()}.json");
            var served = JsonNode.Parse(description)!.ToJsonString(Pretty) + "\n";
            if (Approved.Approving)
                Approved.Write(file, served, replace: true);
            if (Approved.Read(file) != served)
                stale.Add($"{Repo.Relative(file)}: {FirstDifference(Approved.Read(file), served)}");
        }

        Rule.NoneOf(stale, $"{Approved.HowTo} Members may be added; what is there stays as it is, or needs a /v2.");
    }

    [Fact]
    public async Task A_description_is_readable_and_every_answer_of_it_is_described()
    {
        Rule.MatchedSomething(await running.Descriptions(), atLeast: 5);
        foreach (var (service, description) in await running.Descriptions())
        {
            var read = OpenApiDocument.Parse(description, "json");
            Assert.Empty(read.Diagnostic!.Errors.Select(error => $"{service}: {error.Pointer} {error.Message}"));
            Rule.NoneOf(
                from path in read.Document!.Paths
                from operation in path.Value.Operations!
                from answer in operation.Value.Responses!
                where answer.Key is "200" or "201" && answer.Value.Content is null or { Count: 0 }
                select $"{service}: {operation.Key} {path.Key} {answer.Key}",
                "Return TypedResults with a body, or say .Produces(…).");
        }
    }

    [Fact]
    public async Task Lists_say_of_what_and_addresses_say_what_stands_in_them()
    {
        foreach (var (service, description) in await running.Descriptions())
        {
            var document = JsonNode.Parse(description)!;
            Rule.NoneOf(
                Below(document, "").Where(part => part.Node["type"]?.ToJsonString().Contains("\"array\"", StringComparison.Ordinal) == true && part.Node["items"] is null)
                    .Select(part => $"{service}: {part.Path}"),
                "A list whose members a converter writes: see ItemsOf in ServiceDefaults/Descriptions/DescribedSchema.cs.");
            Rule.NoneOf(
                from path in document["paths"]!.AsObject()
                from operation in path.Value!.AsObject()
                let said = operation.Value!["parameters"]?.AsArray().Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!).ToHashSet() ?? []
                from name in path.Key.Split('{').Skip(1).Select(part => part.Split('}')[0])
                where !said.Contains(name)
                select $"{service}: {operation.Key} {path.Key} {name}",
                "Every name in an address is a parameter of its operations.");
        }
    }

    private static IEnumerable<(string Path, JsonObject Node)> Below(JsonNode? node, string path) => node switch
    {
        JsonObject parts => parts.SelectMany(part => Below(part.Value, $"{path}/{part.Key}")).Prepend((path, parts)),
        JsonArray items => items.SelectMany((item, i) => Below(item, $"{path}/{i}")),
        _ => [],
    };

    [Fact]
    public async Task Every_schema_says_what_it_is()
    {
        foreach (var (service, description) in await running.Descriptions())
        {
            var schemas = JsonNode.Parse(description)!["components"]!["schemas"]!.AsObject();
            Rule.NoneOf(
                schemas.Where(schema => schema.Value!["type"] is null && schema.Value["$ref"] is null && schema.Value["oneOf"] is null).Select(schema => $"{service}: {schema.Key}"),
                "A type whose converter hides its shape: teach ServiceDefaults/Descriptions/DescribedSchema.cs what it looks like.");
        }
    }

    private static string FirstDifference(string? approved, string served)
    {
        if (approved is null)
            return "not there yet";
        var (then, now) = (approved.Split('\n'), served.Split('\n'));
        var line = then.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}: '{then.ElementAtOrDefault(line)?.Trim()}' is now '{now.ElementAtOrDefault(line)?.Trim()}'";
    }
}
