using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>The AppHost as <c>./expo up</c> runs it: a program, on data and ports of its own.</summary>
internal sealed class SecondPlatform : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(150);
    private readonly string data;
    private readonly Process process;
    private readonly StringBuilder said = new();

    public SecondPlatform(string data)
    {
        this.data = data;
        var program = typeof(Projects.AppHost).Assembly.Location;
        process = Process.Start(new ProcessStartInfo("dotnet", [program])
        {
            Environment = { ["EXPO_DATA"] = data, ["Gateway__Port"] = "0", ["Dashboard__Port"] = "0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Every process below the AppHost: they all inherit where its data is.</summary>
    public IReadOnlyList<int> Processes => [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0]))
        .Select(name => int.Parse(name!, null)).Where(id => id != process.Id && IsOurs(id))];

    /// <summary>The committee, once everything is healthy.</summary>
    public async Task<HttpClient> Committee()
    {
        var gateway = await Eventually.Is(Gateway, address => address is not null, StartTime, "the second platform to be healthy");
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(data, "secrets.json")))!;
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway };
        var session = (await client.Post("/api/registration/v1/sessions", new { username = "committee", password = secrets["Parameters:committee-password"] })).Is(System.Net.HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.Json.GetProperty("accessToken").GetString());
        return client;
    }

    public void Kill() => process.Kill();

    /// <summary>As Ctrl-C.</summary>
    public async Task<int> Stop()
    {
        using var ask = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StartTime);
        return process.ExitCode;
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    private void Hear(string? line)
    {
        lock (said)
            said.Append(line).Append('\n');
    }

    private bool IsOurs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Split('\0').Contains($"EXPO_DATA={data}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended.
        }
    }

    private async Task<Uri?> Gateway()
    {
        if (process.HasExited)
            Assert.Fail($"The second platform ended:\n{Said}");
        var file = Path.Combine(data, "apphost.json");
        if (!File.Exists(file) || JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file)) is var found && found.GetProperty("pid").GetInt32() != process.Id)
            return null;
        using var control = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(found.GetProperty("url").GetString()!) };
        control.DefaultRequestHeaders.Authorization = new("Bearer", found.GetProperty("token").GetString());
        var all = (await control.GetFromJsonAsync<JsonElement>("/resources")).EnumerateArray().ToList();
        var gateway = all.Single(r => r.GetProperty("name").GetString() == "gateway");
        return gateway.GetProperty("health").GetString() == "Healthy" ? new Uri(gateway.GetProperty("urls")[0].GetString()!) : null;
    }
}
