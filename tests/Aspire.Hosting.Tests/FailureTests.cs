using System.Net;
using System.Net.Sockets;
using Expo.NativeHosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>What cannot run says what it is, why, and what to do: to who waits, on the console, and in the resource's state.</summary>
public sealed class FailureTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Told told = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("postgres")]
    [InlineData("messaging")]
    [Trait("needs", "postgres")]
    [Trait("needs", "rabbitmq")]
    public async Task A_port_that_was_taken_while_the_server_was_down_is_named_with_its_owner(string name)
    {
        await using var builder = Create();
        var resource = name == "postgres" ? (IResourceBuilder<IResourceWithEndpoints>)builder.AddPostgres(name) : builder.AddRabbitMQ(name);
        await using var app = await StartAsync(builder);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(name, Ct).WaitAsync(Patience, Ct);
        await app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StopCommand, Ct);
        var port = resource.Resource.Annotations.OfType<EndpointAnnotation>().First().AllocatedEndpoint!.Port;
        using (var other = new TcpListener(IPAddress.Loopback, port))
        {
            other.Start();
            await app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StartCommand, Ct);

            await FailsAsync(app, name, $"Port {port} is in use by process {Environment.ProcessId} (", "End that or choose another port");
        }

        await app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StartCommand, Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(name, Ct).WaitAsync(Patience, Ct);
    }

    [Fact]
    public async Task A_port_chosen_for_a_server_is_looked_at_before_anything_starts()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var builder = Create("--DcpPublisher:RandomizePorts=false");
        builder.AddPostgres("postgres", port: port);
        await using var app = await builder.BuildAsync(Ct);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Ct));

        Assert.Contains($"Port {port} for 'postgres' (tcp) is in use by process {Environment.ProcessId} (", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dashboards_port_is_named_with_its_owner_and_its_setting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var builder = DistributedApplicationTestingBuilder.Create([$"--Dashboard:Port={port}"], (options, _) => options.DisableDashboard = false);
        await using var app = await builder.BuildAsync(Ct);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Ct));

        Assert.Contains($"port {port}: process {Environment.ProcessId} (", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Dashboard__Port", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_missing_or_may_not_be_executed_is_named()
    {
        var file = Sample.NewFile();
        await File.WriteAllTextAsync(file, "no program", Ct);
        await using var builder = Create();
        builder.AddExecutable("missing", "no-such-program", ".");
        builder.AddExecutable("closed", file, ".");
        builder.AddExecutable("nowhere", "true", "no/such/directory");
        await using var app = await StartAsync(builder);

        await FailsAsync(app, "missing", "The program 'no-such-program' was not found in /", "install it, or name its file in the AppHost");
        await FailsAsync(app, "closed", $"{file} may not be executed: chmod +x {file}");
        await FailsAsync(app, "nowhere", "no/such/directory does not exist: make it, or name another");
        File.Delete(file);
    }

    [Fact]
    [Trait("needs", "postgres")]
    public async Task Damaged_PostgreSQL_data_is_left_alone_and_named_with_what_is_wrong()
    {
        await using var builder = Create();
        builder.AddPostgres("postgres");
        await using var app = await StartAsync(builder);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", Ct).WaitAsync(Patience, Ct);
        await app.ResourceCommands.ExecuteCommandAsync("postgres", KnownResourceCommands.StopCommand, Ct);
        var asked = Path.Combine(builder.Configuration["Expo:Data"]!, "postgres", "cluster");
        var cluster = new FileInfo(asked).LinkTarget ?? asked;
        var control = Path.Combine(cluster, "global", "pg_control");
        var kept = await File.ReadAllBytesAsync(control, Ct);

        File.WriteAllBytes(control, []);
        await FailsAtStartAsync("global/pg_control is missing", "./expo reset drops it and starts anew");
        File.WriteAllBytes(control, [.. kept.Select(b => (byte)~b)]);
        await FailsAtStartAsync($"The PostgreSQL data in {cluster} cannot be used: the server ended with:", "./expo reset drops it");
        File.WriteAllBytes(control, kept);
        File.WriteAllText(Path.Combine(cluster, "PG_VERSION"), "99\n");
        await FailsAtStartAsync("PostgreSQL 99 is not installed", "apt-get install postgresql-99");

        async Task FailsAtStartAsync(params string[] words)
        {
            await app.ResourceCommands.ExecuteCommandAsync("postgres", KnownResourceCommands.StartCommand, Ct);
            await FailsAsync(app, "postgres", words);
        }
    }

    [Fact]
    [Trait("needs", "rabbitmq")]
    public async Task Damaged_RabbitMQ_data_is_named_with_what_the_server_said()
    {
        await using var builder = Create();
        builder.AddRabbitMQ("messaging");
        var data = Path.Combine(builder.Configuration["Expo:Data"]!, "messaging");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "mnesia"), "no directory", Ct);
        await using var app = await StartAsync(builder);

        await FailsAsync(app, "messaging", $"RabbitMQ did not start on the data in {data}", "./expo reset drops it and starts anew. It said:\n");
    }

    [Fact]
    public async Task A_service_that_crashes_at_start_says_its_last_words_on_the_console()
    {
        await using var builder = Create();
        builder.AddProject<Projects.SampleService>("broken").WithArgs("crash");
        await using var app = await StartAsync(builder);

        var line = await told.LineAsync("broken failed: Exited, exit code 134", Ct);

        Assert.Contains("The sample cannot go on.", line, StringComparison.Ordinal);
        Assert.Contains($"All of it: {Path.Combine(builder.Configuration["Expo:Data"]!, "logs", "broken.log")}. After a fix: ./expo restart broken", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_get_healthy_is_told_with_what_it_waits_for_again_and_again()
    {
        var healthy = Sample.NewFile();
        await using var builder = Create();
        builder.Services.AddSingleton<TimeProvider>(new HastyTime(60));
        var first = builder.AddSample("first").WithEnvironment("SAMPLE_HEALTH", healthy);
        builder.AddSample("second").WaitFor(first);
        await using var app = await StartAsync(builder);

        for (var times = 1; times <= 2; times++)
        {
            await told.LineAsync("first is not ready yet: Running, first_/health_200_check: GET /health answered 503, not 200.", Ct, times);
            await told.LineAsync("second is not ready yet: Waiting; it waits for first (Running, first_/health_200_check: GET /health answered 503, not 200.", Ct, times);
        }

        await File.WriteAllTextAsync(healthy, "", Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Ct).WaitAsync(Patience, Ct);
        File.Delete(healthy);
    }

    public void Dispose() => told.Dispose();

    private IDistributedApplicationTestingBuilder Create(params string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create(args);
        builder.Services.AddLogging(logging => logging.AddProvider(told));
        return builder;
    }

    private static async Task<DistributedApplication> StartAsync(IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        return app;
    }

    // In the state, to who waits, and on the console.
    private async Task FailsAsync(DistributedApplication app, string name, params string[] words)
    {
        var failed = await app.ResourceNotifications.WaitForResourceAsync(name, e => e.Snapshot.State?.Text == KnownResourceStates.FailedToStart, Ct).WaitAsync(Patience, Ct);
        var waiter = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync(name, Ct));
        var console = await told.LineAsync($"{name} failed: FailedToStart: {failed.Snapshot.Failure}", Ct);
        Assert.All(words, word => Assert.All((string[])[failed.Snapshot.Failure!, waiter.Message, console], text => Assert.Contains(word, text, StringComparison.Ordinal)));
    }
}
