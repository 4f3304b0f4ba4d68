using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Expo.Gateway.Reference;
using Microsoft.OpenApi;

namespace Expo.Gateway.Tests.Reference;

public sealed class ReferenceSpecs(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_describes_every_service_though_one_is_down()
    {
        var document = (await Document())!;
        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToList();
        Assert.All(
            (string[])["registration", "exhibition", "recruitment", "forum", "matchmaking"],
            service => Assert.Contains(paths, path => path.StartsWith($"/api/{service}/v1/", StringComparison.Ordinal)));
        Assert.Empty(OpenApiDocument.Parse(document.ToJsonString(), "json").Diagnostic!.Errors);
    }

    [Fact]
    public async Task Names_are_told_apart_by_their_service_and_lead_to_something()
    {
        var document = (await Document())!;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => (string)operation.Value!["operationId"]!).ToList();
        Assert.Distinct(operations);
        Assert.Contains("registration_SignIn", operations);
        Assert.Contains("exhibition_ListEditions", operations);

        var schemas = document["components"]!["schemas"]!.AsObject();
        Assert.True(schemas.ContainsKey("RegistrationSignInRequest") && schemas.ContainsKey("Problem") && !schemas.ContainsKey("SignInRequest"));
        var text = document.ToJsonString();
        Assert.All(
            Regex.Matches(text, "\"#/components/([a-zA-Z]+)/([^\"]+)\"").Select(match => (Kind: match.Groups[1].Value, Name: match.Groups[2].Value)).Distinct(),
            reference => Assert.True(document["components"]![reference.Kind]!.AsObject().ContainsKey(reference.Name), $"{reference.Kind}/{reference.Name}"));
    }

    [Fact]
    public void What_the_services_share_is_there_once_and_their_scopes_together()
    {
        var joined = JoinedDescription.Join([("one", Service("a:read")), ("two", Service("b:read"))]);
        Assert.Equal(["OneThing", "Problem", "TwoThing"], joined["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Order());
        Assert.Equal(["a:read", "b:read"], joined["components"]!["securitySchemes"]!["clientCredentials"]!["flows"]!["clientCredentials"]!["scopes"]!.AsObject().Select(scope => scope.Key));
        Assert.Equal("#/components/schemas/TwoThing", (string?)joined["paths"]!["/two"]!["get"]!["schema"]!["$ref"]);
        Assert.Equal("two_GetThing", (string?)joined["paths"]!["/two"]!["get"]!["operationId"]);

        static JsonObject Service(string scope) => JsonNode.Parse($$$"""
            { "paths": { "/{{{(scope[0] == 'a' ? "one" : "two")}}}": { "get": { "operationId": "GetThing", "schema": { "$ref": "#/components/schemas/Thing" } } } },
              "components": { "schemas": { "Thing": {}, "Problem": {} },
                "securitySchemes": { "clientCredentials": { "flows": { "clientCredentials": { "scopes": { "{{{scope}}}": "" } } } } } } }
            """)!.AsObject();
    }

    [Fact]
    public async Task The_page_runs_its_own_scripts_and_no_others()
    {
        using var client = gateway.Client();
        var page = await client.GetAsync("/reference/index.html", Ct);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        var html = await page.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style|javascript:| on[a-z]+=|style=", html);
        foreach (Match part in Regex.Matches(html, "(?:src|href)=\"(?:\\./)?([^\"]+)\""))
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/reference/{part.Groups[1].Value}", Ct)).StatusCode);
        }
        Assert.Contains("/openapi.json", await client.GetStringAsync("/reference/index.js", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_at_the_door_is_shown_the_page()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml;q=0.9");
        var answer = await client.GetAsync("/", Ct);
        Assert.Equal((HttpStatusCode.Redirect, "/reference/index.html"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    private async Task<JsonNode?> Document()
    {
        using var client = gateway.Client();
        return JsonNode.Parse(await client.GetStringAsync("/openapi.json", Ct));
    }
}
