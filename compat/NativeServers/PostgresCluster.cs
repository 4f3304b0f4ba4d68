using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Expo.NativeServers;

/// <summary>One cluster on disk: where it is, whose it is, how it is made, what is wrong with it.</summary>
internal sealed class PostgresCluster(PostgresOptions options, Reaper reaper, Action<OutputLine>? output)
{
    // PostgreSQL refuses to run as root, so root runs it as the user its packages make.
    private const string ServerUser = "postgres";
    private const string Elsewhere = "/var/lib/expo-platform";
    private static readonly TimeSpan OrphansHave = TimeSpan.FromSeconds(3);
    private readonly string asked = Path.Combine(Path.GetFullPath(options.DataDirectory), "cluster");

    public string Directory { get; private set; } = Path.Combine(Path.GetFullPath(options.DataDirectory), "cluster");

    public PostgresBinaries Binaries => field ??= ServerBinaries.FindPostgres(MajorOnDisk());

    public async Task PrepareAsync(CancellationToken ct)
    {
        System.IO.Directory.CreateDirectory(options.DataDirectory);
        Directory = await LocateAsync(ct);
        if (System.IO.Directory.Exists(Directory))
        {
            await CheckAsync(ct);
            await EndOrphansAsync(ct);
        }
        else
        {
            await CreateAsync(ct);
        }
    }

    public static ProcessSpec Spec(string name, string program, params IReadOnlyList<string> arguments) =>
        new(name, program, arguments, Environment, RunAs: ServerUser);

    public ServerFailedException Failed(string recentOutput) =>
        recentOutput.Contains("could not bind", StringComparison.Ordinal)
            ? new($"Port {options.Port} is in use by {PortOwner.Describe(options.Port)}, PostgreSQL cannot listen on it. End that or choose another port, and start PostgreSQL again.")
            : Damaged($"the server ended with:\n{recentOutput}");

    // The clone may lie where the server's user cannot go, as in root's home: then the data is elsewhere and a link says where.
    private async Task<string> LocateAsync(CancellationToken ct)
    {
        if (new FileInfo(asked).LinkTarget is { } linked)
            return linked;
        if (System.IO.Directory.Exists(asked) || await SucceedsAsync("test", ["-x", options.DataDirectory], ct))
            return asked;

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)))[..16];
        var directory = Path.Combine(Elsewhere, name, "cluster");
        File.CreateSymbolicLink(asked, directory);
        output?.Invoke(new($"User {ServerUser} cannot enter {options.DataDirectory}: the PostgreSQL data is in {directory}", IsError: false));
        return directory;
    }

    // Made beside its place and moved there when complete: an interrupted attempt leaves no half cluster.
    private async Task CreateAsync(CancellationToken ct)
    {
        var (draft, password) = ($"{Directory}.new", $"{Directory}.password");
        try
        {
            await DeleteAsync([draft, password], ct);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Directory)!);
            await MustAsync("install", [.. OwnedByServer, "-m", "600", "/dev/null", password], ct);
            await File.WriteAllTextAsync(password, options.Password, ct);
            await MustAsync("install", [.. OwnedByServer, "-m", "700", "-d", draft], ct);
            var made = await NativeProcess.RunAsync(
                Spec(
                    "initdb",
                    Binaries.InitDb,
                    ["-D", draft, "-U", options.UserName, $"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]),
                reaper,
                ct);
            if (made.ExitCode != 0)
                throw new ServerFailedException($"No PostgreSQL cluster could be made in {Directory}:\n{made.Output}");
            System.IO.Directory.Move(draft, Directory);
        }
        finally
        {
            await DeleteAsync([draft, password], CancellationToken.None);
        }
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        // The cluster is closed to everybody but its owner: ask as that owner.
        if (!await SucceedsAsync("test", ["-O", Directory], ct))
            throw Damaged($"it does not belong to user {(System.Environment.IsPrivilegedProcess ? ServerUser : System.Environment.UserName)}");
        if (!await SucceedsAsync("test", ["-s", Path.Combine(Directory, "PG_VERSION")], ct))
            throw Damaged("PG_VERSION is missing");
        if (!await SucceedsAsync("test", ["-s", Path.Combine(Directory, "global", "pg_control")], ct))
            throw Damaged("global/pg_control is missing");
    }

    // Sessions of a server that was killed end when they notice. One in the middle of a long statement does not, and no server starts beside it.
    private async Task EndOrphansAsync(CancellationToken ct)
    {
        var lockFile = Path.Combine(Directory, "postmaster.pid");
        var server = int.TryParse(FirstLine(lockFile), CultureInfo.InvariantCulture, out var id) ? id : 0;
        bool IsThere() => server > 0 && System.IO.Directory.Exists($"/proc/{server}");

        // One that is stopping needs a moment, and so does the parent of one that was killed until it has noticed.
        await PatientlyAsync(IsThere, ct);
        var orphans = WorkingHere();
        if (orphans.Any(process => process.Id == server))
            return; // A server still runs: starting says so.

        orphans.ForEach(process => process.Send(Signal.Quit));
        await PatientlyAsync(() => orphans.Any(process => process.IsAlive), ct);
        orphans.ForEach(process => process.Send(Signal.Kill));
        await PatientlyAsync(() => orphans.Any(process => process.IsAlive), ct);
        if (IsThere() && WorkingHere().Count == 0)
            await DeleteAsync([lockFile], ct); // Its id is a zombie's or somebody else's by now, and PostgreSQL takes that for a server.
    }

    private static async Task PatientlyAsync(Func<bool> goesOn, CancellationToken ct)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var patience = Stopwatch.StartNew();
        while (goesOn() && patience.Elapsed < OrphansHave)
            await pace.WaitForNextTickAsync(ct);
    }

    // All of a server's processes work in its data directory.
    private List<ProcessIdentity> WorkingHere()
    {
        var found = new List<ProcessIdentity>();
        foreach (var process in System.IO.Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (new FileInfo(Path.Combine(process, "cwd")).LinkTarget == Directory
                    && File.ReadAllText(Path.Combine(process, "comm")).Trim() == "postgres"
                    && ProcessIdentity.Of(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture)) is { } known)
                    found.Add(known);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is another user's.
            }
        }

        return found;
    }

    private static string? FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private ServerFailedException Damaged(string why) =>
        new($"The PostgreSQL data in {Directory} cannot be used: {why}\nKeep a copy if you need it; ./expo reset drops it and starts anew.");

    private int? MajorOnDisk()
    {
        var file = Path.Combine(Directory, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private async Task DeleteAsync(IReadOnlyList<string> paths, CancellationToken ct) =>
        await NativeProcess.RunAsync(new("rm", "rm", ["-rf", "--", .. paths]), reaper, ct);

    private async Task<bool> SucceedsAsync(string program, IReadOnlyList<string> arguments, CancellationToken ct) =>
        (await NativeProcess.RunAsync(Spec(program, program, arguments), reaper, ct)).ExitCode == 0;

    private async Task MustAsync(string program, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var (exitCode, said) = await NativeProcess.RunAsync(new(program, program, arguments), reaper, ct);
        if (exitCode != 0)
            throw new ServerFailedException($"{program} {string.Join(' ', arguments)}: {said}");
    }

    private static IReadOnlyList<string> OwnedByServer =>
        System.Environment.IsPrivilegedProcess ? ["-o", ServerUser, "-g", ServerUser] : [];

    // Nothing of the caller's PostgreSQL settings reaches the private server.
    private static Dictionary<string, string?> Environment =>
        System.Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("PG", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (string?)null)
            .Append(new("LC_ALL", "C"))
            .ToDictionary();
}
