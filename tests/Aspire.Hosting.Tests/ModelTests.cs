using Expo.Dashboard.Resources;
using Expo.NativeHosting;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>What an AppHost says about its resources is what they do.</summary>
public sealed class ModelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_come_in_the_order_of_a_life_and_a_handler_of_the_ready_event_holds_back_who_waits()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var told = new List<string>();
        var mayGoOn = new TaskCompletionSource();
        Hear<BeforeStartEvent>(e => "before start");
        Hear<AfterEndpointsAllocatedEvent>(e => "endpoints allocated");
        Hear<AfterResourcesCreatedEvent>(e => "resources created");
        var sample = builder.AddSample("sample")
            .OnInitializeResource((_, _, _) => Tell("initialize"))
            .OnResourceEndpointsAllocated((r, _, _) => Tell($"address {(r.Annotations.OfType<EndpointAnnotation>().Single().AllocatedEndpoint is null ? "missing" : "known")}"))
            .OnBeforeResourceStarted((_, _, _) => Tell("before"))
            .OnResourceReady(async (_, _, _) =>
            {
                await Tell("ready");
                await mayGoOn.Task;
            })
            .OnResourceStopped((_, e, _) => Tell($"stopped as {e.ResourceEvent.Snapshot.State?.Text}"));
        builder.AddSample("second").WaitFor(sample);
        await using var app = await builder.BuildAsync(Ct);

        await app.StartAsync(Ct);
        await Eventually.TrueAsync(() => Heard().Contains("ready"), Patience, Ct);
        Assert.Equal(KnownResourceStates.Waiting, StateOf(app, "second"));
        mayGoOn.SetResult();
        await HealthyAsync(app, "second");
        await app.ResourceCommands.ExecuteCommandAsync("sample", KnownResourceCommands.StopCommand, Ct);

        Assert.Equal(["before start", "endpoints allocated", "address known", "initialize", "before", "ready", "stopped as Finished"], Heard().Where(e => e != "resources created"));
        Assert.Contains("resources created", Heard());

        void Hear<T>(Func<T, string> words) where T : global::Aspire.Hosting.Eventing.IDistributedApplicationEvent => builder.Eventing.Subscribe<T>((e, _) => Tell(words(e)));

        Task Tell(string words)
        {
            lock (told)
            {
                told.Add(words);
            }

            return Task.CompletedTask;
        }

        IReadOnlyList<string> Heard()
        {
            lock (told)
            {
                return [.. told];
            }
        }
    }

    [Fact]
    public async Task A_command_is_offered_as_its_options_say_and_answers_what_it_did()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddSample("sample")
            .WithCommand("sweep", "Sweep", context => Task.FromResult(CommandResults.Success()), commandOptions: new()
            {
                Description = "Takes the dust away",
                ConfirmationMessage = "Sweep now?",
                IsHighlighted = true,
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            })
            .WithCommand("fail", "Fail", context => Task.FromResult(CommandResults.Failure($"{context.ResourceName} has no dust")))
            .WithCommand("secret", "Secret", _ => Task.FromResult(CommandResults.Success()), commandOptions: new() { UpdateState = _ => ResourceCommandState.Hidden })
            .WithHttpCommand("/fail", "Ask", commandName: "ask", commandOptions: new() { Method = HttpMethod.Get });
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await HealthyAsync(app, "sample");

        var sweep = View(app, "sample").Commands.Single(c => c.Name == "sweep");
        Assert.Equal(new CommandView("sweep", "Sweep", "Takes the dust away", "Sweep now?", Highlighted: true, Enabled: true), sweep);
        Assert.DoesNotContain(View(app, "sample").Commands, c => c.Name == "secret");
        Assert.True((await RunAsync("sweep")).Success);
        Assert.Equal("sample has no dust", (await RunAsync("fail")).ErrorMessage);
        Assert.Contains("500", (await RunAsync("ask")).ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("cannot be used now", (await RunAsync("secret")).ErrorMessage, StringComparison.Ordinal);

        await RunAsync(KnownResourceCommands.StopCommand);
        Assert.False(View(app, "sample").Commands.Single(c => c.Name == "sweep").Enabled);
        Assert.Contains("cannot be used now", (await RunAsync("sweep")).ErrorMessage, StringComparison.Ordinal);

        Task<ExecuteCommandResult> RunAsync(string command) => app.ResourceCommands.ExecuteCommandAsync("sample", command, Ct);
    }

    [Fact]
    public async Task What_starts_by_hand_waits_for_a_hand_and_who_waits_for_a_start_only_does_not_wait_for_health()
    {
        var healthy = Sample.NewFile();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var sick = builder.AddSample("sick").WithEnvironment("SAMPLE_HEALTH", healthy);
        builder.AddSample("eager").WaitForStart(sick);
        builder.AddSample("patient").WaitFor(sick);
        builder.AddSample("manual").WithExplicitStart();
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);

        await HealthyAsync(app, "eager");
        Assert.Equal((KnownResourceStates.Waiting, KnownResourceStates.NotStarted), (StateOf(app, "patient"), StateOf(app, "manual")));
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("manual", KnownResourceCommands.StartCommand, Ct)).Success);
        await HealthyAsync(app, "manual");

        // Who starts what waits takes it out of its wait; that what it needs is missing stays to be seen.
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("patient", KnownResourceCommands.StartCommand, Ct)).Success);
        await app.ResourceNotifications.WaitForResourceAsync("patient", KnownResourceStates.Running, Ct).WaitAsync(Patience, Ct);
        await app.ResourceNotifications.WaitForResourceAsync("patient", e => e.Snapshot.HealthReports.Any(r => r.Name == "sick"), Ct).WaitAsync(Patience, Ct);
        await File.WriteAllTextAsync(healthy, "", Ct);
        await HealthyAsync(app, "patient");
        File.Delete(healthy);
    }

    [Fact]
    public async Task Addresses_and_relations_are_shown_as_they_were_said()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddSample("first");
        first.WithUrlForEndpoint("http", url => url.DisplayText = "Home")
            .WithUrl($"{first.GetEndpoint("http")}/pid", "Process")
            .WithUrlForEndpoint("http", endpoint => new() { Url = $"{endpoint.Url}/health", DisplayText = "Health", DisplayOrder = 5 })
            .WithIconName("Home")
            .ExcludeFromManifest();
        builder.AddSample("second").WithParentRelationship(first).WithReferenceRelationship(first.Resource);
        if (builder.ExecutionContext.IsPublishMode)
        {
            builder.AddSample("published");
        }

        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await HealthyAsync(app, "second");

        var address = app.GetEndpoint("first", "http").ToString().TrimEnd('/');
        Assert.Equal(
            [new("Health", $"{address}/health"), new("Home", address), new("Process", $"{address}/pid")],
            View(app, "first").Urls);
        Assert.Equal("first", View(app, "second").Parent);
        Assert.Contains(new RelationView("first", "Reference"), View(app, "second").Relations);
        Assert.DoesNotContain(builder.Resources, r => r.Name == "published");
    }

    private static ResourceView View(DistributedApplication app, string name)
    {
        var orchestrator = app.Services.GetRequiredService<Orchestrator>();
        return ActivatorUtilities.CreateInstance<DashboardResources>(app.Services, orchestrator).List().Single(r => r.Name == name);
    }

    private static Task HealthyAsync(DistributedApplication app, string name) => app.ResourceNotifications.WaitForResourceHealthyAsync(name, Ct).WaitAsync(Patience, Ct);

    private static string? StateOf(DistributedApplication app, string name) =>
        app.ResourceNotifications.TryGetCurrentState(name, out var known) ? known.Snapshot.State?.Text : null;
}
