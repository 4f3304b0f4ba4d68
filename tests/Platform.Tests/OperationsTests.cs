using System.Diagnostics;
using System.Net;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>What an operator sees of the running platform, over HTTP and from the shell.</summary>
[Trait("needs", "platform")]
public sealed class OperationsTests(RunningPlatform platform)
{
    /// <summary>Every service.</summary>
    public static TheoryData<string> Services() => [.. RunningPlatform.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_broker_is_as_each_service_needs_it_and_its_lag_is_shown(string service)
    {
        using var operations = await platform.Operations();
        await Eventually.Is(
            async () => (await operations.Get($"/api/{service}/v1/operations/topology")).Text, text => text == """{"differences":[]}""", within: TimeSpan.FromSeconds(40));
        var lag = (await operations.Get($"/api/{service}/v1/operations/lag")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(0, lag.GetProperty("parked").GetInt64());
        (await (await platform.Colleague("gate_staff")).Get($"/api/{service}/v1/operations/lag")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_shell_asks_the_same_as_the_operations_desk()
    {
        Assert.Contains("\"lastEvent\"", await Ops("registration", "lag"), StringComparison.Ordinal);
        Assert.Contains("\"dryRun\":true", await Ops(
            "forum", "replay", "forum-keep-edition-when-announced", "registration", "0", "a \"test\"", "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("a \\u0022test", await Ops("forum", "log"), StringComparison.Ordinal);
    }

    private async Task<string> Ops(params string[] arguments)
    {
        var gateway = platform.Gateway().BaseAddress!.ToString().TrimEnd('/');
        using var expo = Process.Start(new ProcessStartInfo(Path.Combine(Root(), "expo"), ["ops", .. arguments])
        {
            Environment = { ["EXPO_GATEWAY"] = gateway, ["EXPO_OPERATOR_PASSWORD"] = platform.OperationsPassword },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (expo.StandardOutput.ReadToEndAsync(), expo.StandardError.ReadToEndAsync());
        await expo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(expo.ExitCode == 0, $"{await output}\n{await errors}");
        return await output;
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "ExpoPlatform.sln")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
