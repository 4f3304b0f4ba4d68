using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>Processes: waits, addresses, replicas, failures.</summary>
public sealed class RunningTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resource_starts_when_what_it_waits_for_is_healthy_or_done()
    {
        var healthFile = Sample.NewFile();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddSample("first").WithEnvironment("SAMPLE_HEALTH", healthFile);
        var step = builder.AddProject<Projects.SampleService>("step").WithArgs("schema");
        builder.AddSample("second").WaitFor(first).WaitForCompletion(step);
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);

        await app.ResourceNotifications.WaitForResourceAsync("step", KnownResourceStates.Finished, Ct).WaitAsync(Patience, Ct);
        await app.ResourceNotifications.WaitForResourceAsync("first", e => e.Snapshot.HealthReports.Any(r => r.LastRunAt is not null), Ct)
            .WaitAsync(Patience, Ct);
        Assert.Equal(KnownResourceStates.Waiting, StateOf(app, "second"));

        await File.WriteAllTextAsync(healthFile, "", Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Ct).WaitAsync(Patience, Ct);
        File.Delete(healthFile);
    }

    [Fact]
    public async Task A_service_that_hangs_is_unhealthy_within_five_seconds_and_healthy_when_it_goes_on()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddSample("sample");
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct);
        using var client = app.CreateHttpClient("sample", "http");
        var process = await client.GetStringAsync("/pid", Ct);

        using (Process.Start("kill", ["-STOP", process]))
        {
            var sick = await app.ResourceNotifications.WaitForResourceAsync("sample", e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy, Ct)
                .WaitAsync(TimeSpan.FromSeconds(5), Ct);
            Assert.Equal("GET /health was not answered within 2 s.", Assert.Single(sick.Snapshot.HealthReports).Description);
        }

        using (Process.Start("kill", ["-CONT", process]))
        {
            await app.ResourceNotifications.WaitForResourceAsync("sample", e => e.Snapshot.HealthStatus == HealthStatus.Healthy, Ct)
                .WaitAsync(TimeSpan.FromSeconds(5), Ct);
        }
    }

    [Fact]
    public async Task An_address_stays_over_a_restart_and_answers_on_both_loopback_addresses()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddSample("sample");
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct);
        var address = app.GetEndpoint("sample", "http");
        using var client = app.CreateHttpClient("sample", "http");
        var before = await client.GetStringAsync("/pid", Ct);

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("sample", KnownResourceCommands.RestartCommand, Ct)).Success);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct);

        Assert.Equal(address, app.GetEndpoint("sample", "http"));
        Assert.NotEqual(before, await client.GetStringAsync("/pid", Ct));
        Assert.NotEmpty(await client.GetStringAsync(new Uri($"http://127.0.0.1:{address.Port}/pid"), Ct));
        if (Socket.OSSupportsIPv6)
        {
            Assert.NotEmpty(await client.GetStringAsync(new Uri($"http://[::1]:{address.Port}/pid"), Ct));
        }
    }

    [Fact]
    public async Task Replicas_share_an_address_and_answer_in_turn()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddSample("sample").WithReplicas(2);
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct);

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            using var client = app.CreateHttpClient("sample", "http");
            client.DefaultRequestHeaders.ConnectionClose = true;
            answers.Add(await client.GetStringAsync("/pid", Ct));
        }

        Assert.Equal(2, answers.Distinct().Count());
        Assert.Equal(answers[0], answers[2]);
        Assert.Equal(answers[1], answers[3]);
    }

    [Fact]
    public async Task A_resource_that_crashes_at_start_says_why_to_whoever_waits_for_it()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var broken = builder.AddProject<Projects.SampleService>("broken").WithArgs("crash");
        builder.AddSample("sample").WaitForCompletion(broken);
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct));

        Assert.Contains("exit code 134", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The sample cannot go on.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "choose another port: Sample__Port=")]
    [InlineData(false, "choose another port where the AppHost's program gives it one.")]
    public async Task A_taken_port_is_named_with_its_owner_and_the_way_out(bool isSetting, string way)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var builder = DistributedApplicationTestingBuilder.Create("--DcpPublisher:RandomizePorts=false");
        if (isSetting)
            builder.Configuration["Sample:Port"] = $"{port}";
        builder.AddProject<Projects.SampleService>("sample").WithHttpEndpoint(port: port);
        await using var app = await builder.BuildAsync(Ct);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Ct));

        Assert.Contains($"Port {port} for 'sample'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId} ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(way, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_built_is_said_with_the_command_that_builds_it()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject("sample", Sample.NewFile() + ".dll");
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct));
        Assert.Contains("dotnet build", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_goes_backwards_through_the_waits()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var stopped = new List<string>();
        var first = Told(builder.AddSample("first"));
        var second = Told(builder.AddSample("second").WaitFor(first));
        Told(builder.AddSample("third").WaitFor(second));
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("third", Ct).WaitAsync(Patience, Ct);

        await app.StopAsync(Ct);

        Assert.Equal(["third", "second", "first"], stopped);

        IResourceBuilder<ProjectResource> Told(IResourceBuilder<ProjectResource> resource) => resource.OnResourceStopped((r, _, _) =>
        {
            stopped.Add(r.Name);
            return Task.CompletedTask;
        });
    }

    private static string? StateOf(DistributedApplication app, string name) =>
        app.ResourceNotifications.TryGetCurrentState(name, out var known) ? known.Snapshot.State?.Text : null;
}
