using Expo.NativeHosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using static Expo.Aspire.Hosting.Tests.Watched;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>What ends with a failure starts again by itself if the configuration says so, and never because of anything else.</summary>
public sealed class RestartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_killed_runs_again_after_a_pause_and_who_needs_it_is_unhealthy_until_then()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Expo:Restart:first=always");
        var first = builder.AddSample("first");
        builder.AddSample("second").WaitFor(first);
        await using var app = await builder.BuildAsync(Ct);
        var seen = Record(app, "first");
        await app.StartAsync(Ct);
        await HealthyAsync(app, "second");

        var unhealthy = app.ResourceNotifications.WaitForResourceAsync("second", e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy, Ct);
        await KillAsync(app, "first");

        var report = Assert.Single((await unhealthy.WaitAsync(Patience, Ct)).Snapshot.HealthReports, r => r.Status == HealthStatus.Unhealthy);
        Assert.Equal("first", report.Name);
        Assert.StartsWith("It needs first: ", report.Description, StringComparison.Ordinal);
        await HealthyAsync(app, "first");
        await HealthyAsync(app, "second");
        Assert.Equal(1, Find(app, "first").Restarts);
        Assert.Equal(0, Find(app, "second").Restarts);
        Assert.Equal(["Starting", "Running", "Restarting", "Starting", "Running"], seen().SkipWhile(state => state == "NotStarted"));
    }

    [Fact]
    public async Task It_is_given_up_after_as_many_times_in_a_row_as_were_allowed()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Expo:Restart:broken=2");
        builder.Services.AddSingleton<TimeProvider>(new HastyTime(10));
        builder.AddSample("broken").WithArgs("crash");
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);

        var ended = await app.ResourceNotifications.WaitForResourceAsync("broken", e => e.Snapshot.State?.Text == KnownResourceStates.Exited, Ct).WaitAsync(Patience, Ct);

        Assert.Equal(134, ended.Snapshot.ExitCode);
        Assert.Equal(2, Find(app, "broken").Restarts);
        var lines = app.Services.GetRequiredService<ResourceLoggerService>().LastLines("broken", 1000).Select(l => l.Content).ToList();
        Assert.Contains("Starts again in 1 s (1 failures in a row).", lines);
        Assert.Contains("Starts again in 2 s (2 failures in a row).", lines);
        Assert.Contains("Failed 3 times in a row and is not started again.", lines);
    }

    [Fact]
    public async Task What_a_person_stopped_stays_stopped_running_or_about_to_start_again()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Expo:Restart:sample=always", "--Expo:Restart:broken=always");
        builder.AddSample("sample");
        builder.AddSample("broken").WithArgs("crash");
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await HealthyAsync(app, "sample");
        await app.ResourceNotifications.WaitForResourceAsync("broken", ResourceLifecycle.Restarting, Ct).WaitAsync(Patience, Ct);

        foreach (var name in (string[])["sample", "broken"])
        {
            Assert.True((await app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StopCommand, Ct)).Success);
            Assert.True(app.ResourceNotifications.TryGetCurrentState(name, out var state));
            Assert.Contains(state.Snapshot.State!.Text, KnownResourceStates.TerminalStates);
            Assert.Empty(Find(app, name).ProcessIds);
        }

        // A person starts it as ever.
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("sample", KnownResourceCommands.StartCommand, Ct)).Success);
        await HealthyAsync(app, "sample");
    }

    [Fact]
    [Trait("needs", "postgres")]
    [Trait("needs", "rabbitmq")]
    public async Task PostgreSQL_and_RabbitMQ_come_back_with_their_data_even_while_a_long_statement_runs()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Expo:Restart:postgres=always", "--Expo:Restart:messaging=always");
        var store = builder.AddPostgres("postgres").AddDatabase("store");
        builder.AddRabbitMQ("messaging");
        await using var app = await builder.BuildAsync(Ct);
        var seen = Record(app, "store");
        await app.StartAsync(Ct);
        await HealthyAsync(app, "store");
        await HealthyAsync(app, "messaging");
        await using var source = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("store", Ct))! + ";Pooling=false");
        await using (var create = source.CreateCommand("create table kept as select 42 as answer"))
        {
            await create.ExecuteNonQueryAsync(Ct);
        }

        // Its session does not notice that the server is gone: it waits for nothing.
        await using var busy = source.CreateCommand("select count(*) from generate_series(1, 100000000000)");
        busy.CommandTimeout = 0;
        var statement = busy.ExecuteScalarAsync(Ct);
        await Eventually.TrueAsync(() => IsBusy(source), Patience, Ct);

        await Task.WhenAll(KillAsync(app, "postgres"), KillAsync(app, "messaging"));

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => statement.WaitAsync(Patience, Ct));
        await HealthyAsync(app, "store");
        await HealthyAsync(app, "messaging");
        await using var read = source.CreateCommand("select answer from kept");
        Assert.Equal(42, await read.ExecuteScalarAsync(Ct));
        Assert.Equal((1, 1), (Find(app, "postgres").Restarts, Find(app, "messaging").Restarts));
        Assert.Contains(ResourceLifecycle.Restarting, seen());

        static bool IsBusy(NpgsqlDataSource source)
        {
            using var ask = source.CreateCommand("select count(*) from pg_stat_activity where state = 'active' and query like '%generate_series%' and pid <> pg_backend_pid()");
            return ask.ExecuteScalar() is 1L;
        }
    }

    [Theory]
    [InlineData("--Expo:Restart:sample=sometimes", "Expo:Restart:sample is 'sometimes'. Say 'always', 'never', or how often in a row at most, such as 5: Expo__Restart__sample=5")]
    [InlineData("--Expo:Restart:sample=-1", "Expo:Restart:sample is '-1'.")]
    [InlineData("--Expo:Restart:sampel=3", "Expo:Restart:sampel is set, but 'sampel' is no resource with a process. These are: sample.")]
    [InlineData("--Expo:Restart=always", "Expo:Restart is 'always', and must name its resource: Expo__Restart__sample=always")]
    [InlineData("--Expo:Restart:key=3", "'key' is no resource with a process.")]
    public async Task A_policy_that_means_nothing_ends_the_start(string setting, string expected)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create(setting);
        builder.AddSample("sample");
        builder.AddParameter("key", "value");
        await using var app = await builder.BuildAsync(Ct);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Ct));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pauses_grow_up_to_a_minute_and_begin_anew_after_a_good_one()
    {
        var pace = new RestartPace(new RestartPolicy(8));
        Assert.Equal([1, 2, 4, 8, 16, 32, 60], Enumerable.Range(0, 7).Select(_ => pace.Next(TimeSpan.FromSeconds(59))!.Value.TotalSeconds));

        Assert.Equal(TimeSpan.FromSeconds(1), pace.Next(TimeSpan.FromMinutes(1)));
        Assert.All(Enumerable.Range(0, 7), _ => Assert.NotNull(pace.Next(TimeSpan.Zero)));
        Assert.Null(pace.Next(TimeSpan.Zero));
        Assert.Null(new RestartPace(RestartPolicy.Never).Next(TimeSpan.FromHours(1)));
    }
}
