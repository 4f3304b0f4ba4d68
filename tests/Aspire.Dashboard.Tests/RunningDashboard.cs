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

    public long MaxBytes { get; init; } = 1_000_000_000;

    /// <summary>Where the telemetry lies.</summary>
    public string File => Path.Combine(Data, "telemetry.db");

    public DashboardServer Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await DashboardServer.StartAsync(
            new DashboardOptions { Data = Data, BrowserToken = Token, OtlpKey = Key, Cap = Cap, MaxBytes = MaxBytes }, ct: TestContext.Current.CancellationToken);
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

    /// <summary>Sends an export request over HTTP; how many of it were not taken.</summary>
    public async Task<long> Export(string signal, byte[] request)
    {
        using var content = new ByteArrayContent(request) { Headers = { ContentType = new("application/x-protobuf") } };
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{Server.OtlpHttpUrl}/v1/{signal}") { Content = content, Headers = { { "x-otlp-api-key", Key } } };
        using var answer = await Client.SendAsync(message, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var said = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return Expo.Dashboard.Otlp.ExportResponse.Parser.ParseFrom(said).PartialSuccess?.Rejected ?? 0;
    }

    /// <summary>A connection of our own to its file.</summary>
    public Microsoft.Data.Sqlite.SqliteConnection Open()
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>A number from its file.</summary>
    public long Ask(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

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
