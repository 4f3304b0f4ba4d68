using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>A whole AppHost: inside a test, and as a program that is killed.</summary>
[Trait("needs", "postgres")]
public sealed class AppHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_applications_of_one_AppHost_run_at_once_and_leave_nothing()
    {
        await Task.WhenAll(RunAsync(), RunAsync());

        static async Task RunAsync()
        {
            string directory;
            await using (var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(Ct))
            {
                directory = builder.Configuration["Expo:Data"]!;
                await using var app = await builder.BuildAsync(Ct);
                await app.StartAsync(Ct);
                await app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct);
                using var client = app.CreateHttpClient("sample", "http");
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", Ct)).StatusCode);
                Assert.Equal(
                    new Uri(app.GetEndpoint("sample", "http"), "own").ToString(),
                    await client.GetStringAsync("/environment/OwnAddress", Ct));
                await using var source = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("sample-store", Ct))!);
                await using var command = source.CreateCommand(
                    "select rolname from pg_database join pg_roles on pg_roles.oid = datdba where datname = 'sample'");
                Assert.Equal("sample", await command.ExecuteScalarAsync(Ct));
            }

            Assert.False(Directory.Exists(directory));
        }
    }

    [Fact]
    public async Task A_killed_AppHost_leaves_no_process_and_the_next_one_finds_its_data()
    {
        var data = Sample.NewFile();
        using (var first = new AppHostProgram(data))
        {
            var processes = await HealthyAsync(data, first.Id);
            first.Kill();
            await Eventually.TrueAsync(() => !processes.Any(id => Directory.Exists($"/proc/{id}")), TimeSpan.FromSeconds(15), Ct);
        }

        var secrets = await File.ReadAllTextAsync(Path.Combine(data, "secrets.json"), Ct);
        using (var second = new AppHostProgram(data))
        {
            var processes = await HealthyAsync(data, second.Id);
            await second.TerminateAsync(Ct);
            Assert.DoesNotContain(processes, id => Directory.Exists($"/proc/{id}"));
        }

        Assert.Equal(secrets, await File.ReadAllTextAsync(Path.Combine(data, "secrets.json"), Ct));
        Assert.False(File.Exists(Path.Combine(data, "apphost.json")));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Commands_over_http_need_the_token()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddSample("sample");
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("sample", Ct).WaitAsync(Patience, Ct);
        var control = await Sample.ControlAsync(builder.Configuration["Expo:Data"]!, Ct);
        using var stranger = new HttpClient(new SocketsHttpHandler()) { BaseAddress = control.BaseAddress };
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", new string('0', 64));

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync("/resources/sample/stop", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await control.PostAsync("/resources/nobody/stop", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await control.PostAsync("/resources/sample/start", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await control.PostAsync("/resources/sample/stop", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await control.PostAsync("/resources/sample/restart", null, Ct)).StatusCode);
        var sample = (await control.GetFromJsonAsync<JsonElement>("/resources", Ct)).EnumerateArray().Single();
        Assert.Equal("Healthy", sample.GetProperty("health").GetString());
        Assert.Equal(app.GetEndpoint("sample", "http"), new Uri(sample.GetProperty("urls")[0].GetString()!));
        control.Dispose();
    }

    private static async Task<IReadOnlyList<int>> HealthyAsync(string data, int owner)
    {
        var file = Path.Combine(data, "apphost.json");
        await Eventually.TrueAsync(() => File.Exists(file) && File.ReadAllText(file).Contains($"\"pid\":{owner}", StringComparison.Ordinal), Patience, Ct);
        using var control = await Sample.ControlAsync(data, Ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Patience);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var resources = (await control.GetFromJsonAsync<JsonElement>("/resources", limit.Token)).EnumerateArray().ToList();
            if (resources.Any(r => r.GetProperty("name").GetString() == "sample" && r.GetProperty("health").GetString() == "Healthy"))
            {
                return [.. resources.SelectMany(r => r.GetProperty("pids").EnumerateArray().Select(id => id.GetInt32()))];
            }

            await pace.WaitForNextTickAsync(limit.Token);
        }
    }
}
