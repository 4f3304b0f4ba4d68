using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>What the dashboard's API tells of resources, and does with them.</summary>
public sealed class DashboardApiTests : IAsyncLifetime
{
    private const string Token = "a-token-of-the-test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IDistributedApplicationTestingBuilder builder =
        DistributedApplicationTestingBuilder.Create(["--Dashboard:Port=0", $"--AppHost:BrowserToken={Token}"], (options, _) => options.DisableDashboard = false);

    private readonly TaskCompletionSource<string> address = new();
    private DistributedApplication app = null!;
    private HttpClient dashboard = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var password = builder.AddParameter("password-of-sample", "hidden-1234", secret: true);
        var first = builder.AddSample("first").WithEnvironment("LOGIN", $"Host=db;User=me;Key={password}").WithEnvironment("PLAIN", "seen").WithEnvironment("API_TOKEN", "hidden-5678");
        builder.AddProject<Projects.SampleService>("step").WithArgs("crash").WaitFor(first);
        builder.Services.AddLogging(logging => logging.AddProvider(new LoginLine(address)));
        app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        dashboard = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(new Uri(await address.Task), "/") };
        dashboard.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        await app.ResourceNotifications.WaitForResourceAsync("step", KnownResourceStates.Exited, Ct).WaitAsync(Patience, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        dashboard.Dispose();
        await app.DisposeAsync();
        await builder.DisposeAsync();
    }

    [Fact]
    public async Task Resources_are_told_with_everything_but_their_secrets()
    {
        var text = await dashboard.GetStringAsync("/api/resources", Ct);
        Assert.DoesNotContain("hidden-", text, StringComparison.Ordinal);
        var resources = JsonSerializer.Deserialize<JsonElement>(text).EnumerateArray().ToDictionary(r => r.GetProperty("name").GetString()!);

        var first = resources["first"];
        Assert.Equal(("Running", "Healthy"), (first.GetProperty("state").GetString(), first.GetProperty("health").GetString()));
        Assert.Equal(app.GetEndpoint("first", "http"), new Uri(first.GetProperty("urls")[0].GetProperty("url").GetString()!));
        Assert.True(first.GetProperty("instances")[0].GetProperty("pid").GetInt32() > 0);
        Assert.Equal("seen", Variable(first, "PLAIN").GetProperty("value").GetString());
        Assert.Equal("Host=db;User=me;Key=•••", Variable(first, "LOGIN").GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, Variable(first, "API_TOKEN").GetProperty("value").ValueKind);
        Assert.True(resources["password-of-sample"].GetProperty("hidden").GetBoolean());

        var step = resources["step"];
        Assert.NotEqual(0, step.GetProperty("exitCode").GetInt32());
        Assert.Equal(("first", true), (step.GetProperty("waits")[0].GetProperty("resource").GetString(), step.GetProperty("waits")[0].GetProperty("met").GetBoolean()));
        Assert.True(Command(step, "start").GetProperty("enabled").GetBoolean());
        Assert.False(Command(step, "stop").GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A_command_answers_when_it_has_had_its_effect()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await dashboard.PostAsync("/api/resources/nobody/commands/stop", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await dashboard.PostAsync("/api/resources/first/commands/start", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await dashboard.PostAsync("/api/resources/first/commands/restart", null, Ct)).StatusCode);
        Assert.Equal(1, (await dashboard.GetFromJsonAsync<JsonElement>("/api/resources/first", Ct)).GetProperty("restarts").GetInt32());
    }

    [Fact]
    public async Task The_console_is_told_at_once_as_text_and_as_it_is_written()
    {
        Assert.Contains("The sample cannot go on.", await dashboard.GetStringAsync("/api/resources/step/console?format=text", Ct), StringComparison.Ordinal);
        await using var stream = await dashboard.GetStreamAsync("/api/console?follow=true&last=0", Ct);
        using var reader = new StreamReader(stream);
        // The first event says where it begins.
        Assert.Equal("data: []", await reader.ReadLineAsync(Ct).AsTask().WaitAsync(Patience, Ct));

        await dashboard.PostAsync("/api/resources/first/commands/restart", null, Ct);
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Ct).AsTask().WaitAsync(Patience, Ct);
        }
        while (line?.Contains("Now listening on", StringComparison.Ordinal) == false);
        Assert.Contains("\"resource\":\"first\"", line, StringComparison.Ordinal);
    }

    private static JsonElement Variable(JsonElement resource, string name) =>
        resource.GetProperty("environment").EnumerateArray().Single(v => v.GetProperty("name").GetString() == name);

    private static JsonElement Command(JsonElement resource, string name) =>
        resource.GetProperty("commands").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
}
