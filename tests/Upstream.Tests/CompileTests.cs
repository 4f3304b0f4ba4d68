using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Expo.Upstream.Tests;

/// <summary>The program compiles against what upstream is known to have, with nothing of ours behind it.</summary>
public sealed class CompileTests
{
    [Fact]
    public async Task The_platform_compiles_against_the_listed_signatures()
    {
        using var build = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["build", "AppHost/AppHost.csproj", "-p:Upstream=listed", "-p:NuGetAudit=false", $"-p:ArtifactsPath={Root()}/artifacts/upstream-listed", "-m:2", "-v", "q", "-nologo", "-clp:NoSummary"])
        {
            WorkingDirectory = Root(),
            RedirectStandardOutput = true,
        })!;
        var said = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(build.ExitCode == 0, said);
        Assert.True(File.Exists($"{Root()}/artifacts/upstream-listed/bin/Marten.Listed/debug/Marten.dll"), "the listed signatures were the reference");
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
