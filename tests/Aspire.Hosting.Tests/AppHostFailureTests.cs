namespace Expo.Aspire.Hosting.Tests;

/// <summary>An AppHost that cannot run says why in a line, and ends with 1.</summary>
public sealed class AppHostFailureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("needs", "rabbitmq")]
    public async Task A_server_that_is_not_installed_is_named_with_the_way_to_get_it()
    {
        var (data, tools) = (Sample.NewFile(), Sample.NewFile());
        Directory.CreateDirectory(tools);
        foreach (var tool in (string[])["setsid", "sh", "rm", "sleep", "test", "install", "setpriv"])
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), Which(tool));
        }

        // A machine without Erlang.
        using (var host = new AppHostProgram(data, environment: [("PATH", tools), ("Sample__Messaging", "true")]))
        {
            var log = Path.Combine(data, "logs", "messaging.log");
            await Eventually.TrueAsync(() => File.Exists(log), Patience, Ct);
            await host.SaysAsync("messaging failed: FailedToStart: RabbitMQ 3.10 or newer is not installed: ./expo up installs it, or: apt-get install rabbitmq-server", Ct);
            await host.TerminateAsync(Ct);
        }

        Directory.Delete(data, recursive: true);
        Directory.Delete(tools, recursive: true);

        static string Which(string tool) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(directory => Path.Combine(directory, tool)).First(File.Exists);
    }

    [Fact]
    public async Task Damaged_secrets_end_the_start_and_are_left_alone()
    {
        var data = Sample.NewFile();
        Directory.CreateDirectory(data);
        var file = Path.Combine(data, "secrets.json");
        await File.WriteAllTextAsync(file, "{ half", Ct);

        using var host = new AppHostProgram(data);
        var (exitCode, said) = await host.EndedAsync(Ct);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{file} is damaged. It holds the passwords of the data beside it: restore it, or drop both with ./expo reset.", said, StringComparison.Ordinal);
        Assert.Equal("{ half", await File.ReadAllTextAsync(file, Ct));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_data_directory_that_may_not_be_written_ends_the_start()
    {
        var data = Directory.CreateTempSubdirectory("expo-closed-").FullName;
        Directory.CreateDirectory(Path.Combine(data, "logs"));
        File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        using var host = new AppHostProgram(data, heedsRights: true);
        var (exitCode, said) = await host.EndedAsync(Ct);

        Assert.Equal(1, exitCode);
        Assert.Contains($"The data directory {data} cannot be created or written (", said, StringComparison.Ordinal);
        Assert.Contains("Make it writable, or choose another with EXPO_DATA.", said, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    [Trait("needs", "postgres")]
    public async Task A_second_AppHost_on_the_same_data_ends_and_the_first_goes_on()
    {
        var data = Sample.NewFile();
        using (var first = new AppHostProgram(data))
        {
            await first.SaysAsync("sample is healthy", Ct);
            using var second = new AppHostProgram(data);
            var (exitCode, said) = await second.EndedAsync(Ct);

            Assert.Equal(1, exitCode);
            Assert.Contains($"Process {first.Id} already uses {data}: stop it first.", said, StringComparison.Ordinal);
            using var control = await Sample.ControlAsync(data, Ct);
            Assert.Contains("\"Healthy\"", await control.GetStringAsync("/resources", Ct), StringComparison.Ordinal);
            await first.TerminateAsync(Ct);
        }

        Directory.Delete(data, recursive: true);
    }
}
