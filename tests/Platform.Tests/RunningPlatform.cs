using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Expo.Aspire.Hosting.Tests;
using Expo.Demo;
using Expo.Platform.Tests;
using Expo.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

[assembly: AssemblyFixture(typeof(RunningPlatform))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Expo.Platform.Tests;

/// <summary>The whole platform as the AppHost starts it, on its own data and ports; once for all tests here.</summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    /// <summary>The services, which are also the names of their databases and roles.</summary>
    public static readonly IReadOnlyList<string> Services = ["registration", "exhibition", "recruitment", "forum", "matchmaking"];

    /// <summary>All but Registration: they hear of editions and organisations.</summary>
    public static readonly IReadOnlyList<string> Listeners = [.. Services.Skip(1)];

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(150);

    private IDistributedApplicationTestingBuilder? builder;
    private DistributedApplication? application;
    private Task<StoryResult>? story;
    private readonly TaskCompletionSource<string> dashboard = new();

    /// <summary>Where the platform keeps its data and logs.</summary>
    public string Data => builder!.Configuration["Expo:Data"]!;

    /// <summary>The committee's generated password.</summary>
    public string CommitteePassword => builder!.Configuration["Parameters:committee-password"] ?? Secret("Parameters:committee-password");

    /// <summary>The generated password of the operations desk.</summary>
    public string OperationsPassword => builder!.Configuration["Parameters:operations-password"] ?? Secret("Parameters:operations-password");

    /// <summary>The login address of the dashboard, as the AppHost tells it.</summary>
    public Task<string> DashboardLogin => dashboard.Task;

    /// <summary>The dashboard's read API, with the token of that address.</summary>
    public async Task<HttpClient> Dashboard()
    {
        var login = new Uri(await DashboardLogin);
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(login, "/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", login.Query[("?t=".Length)..]);
        return client;
    }

    /// <summary>What the demo tells.</summary>
    public StringWriter Told { get; } = new();

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartTime);
        // Everybody here comes from one address, and tests ask more often than people do.
        foreach (var budget in (string[])["Requests", "AnonymousRequests", "AnonymousWrites"])
            Environment.SetEnvironmentVariable($"RateLimits__{budget}", "1000000");
        builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Gateway:Port=0", "--Dashboard:Port=0"], (options, _) => options.DisableDashboard = false, limit.Token);
        builder.Services.AddLogging(logging => logging.AddProvider(new LoginLine(dashboard)));
        application = await builder.BuildAsync(limit.Token);
        await application.StartAsync(limit.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
    }

    /// <summary>What the AppHost knows of each resource.</summary>
    public ResourceNotificationService Resources => application!.ResourceNotifications;

    /// <summary>A client of the gateway.</summary>
    public HttpClient Gateway() => application!.CreateHttpClient("gateway");

    /// <summary>A client of the gateway that has signed in.</summary>
    public async Task<HttpClient> SignIn(string username, string password)
    {
        var client = Gateway();
        var session = (await client.Post("/api/registration/v1/sessions", new { username, password })).Is(HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.Json.GetProperty("accessToken").GetString());
        return client;
    }

    /// <summary>The committee.</summary>
    public Task<HttpClient> Committee() => SignIn("committee", CommitteePassword);

    /// <summary>The operations desk.</summary>
    public Task<HttpClient> Operations() => SignIn("operations", OperationsPassword);

    /// <summary>Signed in with a new account that the committee gave this role.</summary>
    public async Task<HttpClient> Colleague(string role)
    {
        var (username, password) = await Account(role);
        return await SignIn(username, password);
    }

    /// <summary>A new account that the committee gave this role.</summary>
    public async Task<(string UserName, string Password)> Account(string role)
    {
        var (username, password) = ($"test-{Guid.CreateVersion7():n}", $"{Guid.CreateVersion7():n}");
        var account = (await Gateway().Post("/api/registration/v1/accounts", new { username, password, registrantKind = "individual" })).Is(HttpStatusCode.Created)
            .Json.GetProperty("accountId").GetGuid();
        (await (await Committee()).Put($"/api/registration/v1/accounts/{account}/roles/{role}")).Is(HttpStatusCode.NoContent);
        return (username, password);
    }

    /// <summary>The committee announces an edition of which nothing is known but its code.</summary>
    public async Task Announce(string edition) => (await (await Committee()).Post("/api/registration/v1/editions", new
    {
        code = edition, number = 101, year = 2026, deliveryMode = "hybrid", name = new { zh = "演练", en = "Rehearsal" }, openDays = new[] { "2026-11-28" },
    })).Is(HttpStatusCode.Created);

    /// <summary>How many messages are parked at a service.</summary>
    public static async Task<long> Parked(HttpClient operations, string service) =>
        (await operations.Get($"/api/{service}/v1/operations/lag")).Is(HttpStatusCode.OK).Json.GetProperty("parked").GetInt64();

    /// <summary>Runs a command of a resource, as its row in the dashboard offers it.</summary>
    public Task<ExecuteCommandResult> Command(string resource, string command) =>
        application!.ResourceCommands.ExecuteCommandAsync(resource, command, TestContext.Current.CancellationToken);

    /// <summary>The demo, played once, when first asked for.</summary>
    public Task<StoryResult> Story() => story ??= Play(Told);

    /// <summary>Plays the demo.</summary>
    public Task<StoryResult> Play(TextWriter output) => Demo.Story.PlayAsync(Gateway(), CommitteePassword, output, TestContext.Current.CancellationToken);

    /// <summary>How one service logs in to one database: its own, or another's.</summary>
    public async Task<NpgsqlConnectionStringBuilder> Login(string role, string database)
    {
        var server = new NpgsqlConnectionStringBuilder(await application!.GetConnectionStringAsync("registration-store"));
        return new NpgsqlConnectionStringBuilder
        {
            Host = server.Host, Port = server.Port, Username = role, Password = Secret($"Parameters:{role}-password"), Database = database, Pooling = false, Timeout = 5,
        };
    }

    /// <summary>Runs a statement in a service's own database; answers how many rows it changed.</summary>
    public async Task<int> Sql(string service, string statement)
    {
        await using var connection = new NpgsqlConnection((await Login(service, service)).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var sql = new NpgsqlCommand(statement, connection);
        return await sql.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The processes of a resource.</summary>
    public async Task<IReadOnlyList<int>> Processes(string resource)
    {
        using var control = await Control();
        var all = await control.GetFromJsonAsync<JsonElement>("/resources", TestContext.Current.CancellationToken);
        return [.. all.EnumerateArray().Single(r => r.GetProperty("name").GetString() == resource).GetProperty("pids").EnumerateArray().Select(id => id.GetInt32())];
    }

    /// <summary>What <c>./expo restart NAME</c> does.</summary>
    public async Task Restart(string resource)
    {
        using var control = await Control();
        using var answer = await control.PostAsync($"/resources/{resource}/restart", null, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await application.DisposeAsync();
        if (builder is not null)
            await builder.DisposeAsync();
    }

    // Generated on the first start and kept beside the data.
    private string Secret(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Data, "secrets.json")))![name];

    private async Task<HttpClient> Control()
    {
        var file = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(Data, "apphost.json")));
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(file.GetProperty("url").GetString()!), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", file.GetProperty("token").GetString());
        return client;
    }
}
