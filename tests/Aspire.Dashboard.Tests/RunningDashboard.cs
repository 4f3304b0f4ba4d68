using System.Net.Http.Headers;
using System.Text.Json;

namespace Expo.Dashboard.Tests;

/// <summary>A dashboard on ports and data of its own.</summary>
public sealed class RunningDashboard : IAsyncLifetime
{
    public const string Key = "otlp-key";
    public const string Token = "browser-token";

    public string Data { get; } = Directory.CreateTempSubdirectory("expo-dashboard-").FullName;

    public int Cap { get; init; } = 100_000;

    public DashboardServer Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await DashboardServer.StartAsync(
            new DashboardOptions { Data = Data, BrowserToken = Token, OtlpKey = Key, Cap = Cap }, ct: TestContext.Current.CancellationToken);
        Client = Stranger();
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>A browser that nobody has logged in.</summary>
    public HttpClient Stranger() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Server.Url) };

    public async Task Stop()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    public async Task<JsonElement> Get(string path) =>
        JsonSerializer.Deserialize<JsonElement>(await Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>Asks until the answer is as wanted: what was sent is stored a moment later.</summary>
    public async Task<JsonElement> Eventually(string path, Func<JsonElement, bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var answer = await Get(path);
            if (wanted(answer))
                return answer;
            await Task.Delay(20, limit.Token);
        }
    }
}
