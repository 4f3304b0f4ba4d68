using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Xunit;

namespace Expo.TestKit;

/// <summary>What one test saw accepted and refused: names of commands, and requests as method and path.</summary>
public sealed record Seen(IReadOnlyList<string> Accepted, IReadOnlyList<string> Refused);

/// <summary>
/// Notes what every test saw accepted and refused, and writes it down when the process ends, if EXPO_REPORTS names a directory.
/// The requirement table believes this and not what a test is called.
/// </summary>
public static class Evidence
{
    private static readonly string? Directory = Environment.GetEnvironmentVariable("EXPO_REPORTS");
    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> Accepted = new(), Refused = new();

    static Evidence()
    {
        if (Directory is not null)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Write(Directory);
    }

    /// <summary>The current test saw a request answered.</summary>
    /// <param name="request">Method and path or address.</param>
    /// <param name="status">The status of the answer.</param>
    public static void Answered(string request, int status)
    {
        var (method, address) = request.Split(' ', 2) is [var first, var second] ? (first, second) : ("", request);
        var path = (Uri.TryCreate(address, UriKind.Absolute, out var absolute) && !absolute.IsFile ? absolute.AbsolutePath : address).Split('?')[0];
        Note(status < 400, $"{method} {path}");
    }

    /// <summary>The current test saw a command decided.</summary>
    internal static void Decided(Delegate decide, bool accepted) => Note(accepted, (decide.Target?.GetType() ?? decide.Method.DeclaringType!).Name);

    private static void Note(bool accepted, string what)
    {
        if (Directory is not null && TestContext.Current is { TestClass.TestClassName: { } type, TestMethod.MethodName: { } method })
            (accepted ? Accepted : Refused).GetOrAdd($"{type}.{method}", _ => new()).TryAdd(what, true);
    }

    private static void Write(string directory)
    {
        var tests = Accepted.Keys.Union(Refused.Keys).Order(StringComparer.Ordinal).ToDictionary(test => test, test => new Seen(In(Accepted, test), In(Refused, test)));
        System.IO.Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, $"{Assembly.GetEntryAssembly()!.GetName().Name}.seen.json"), JsonSerializer.Serialize(tests));
    }

    private static string[] In(ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> notes, string test) =>
        notes.TryGetValue(test, out var found) ? [.. found.Keys.Order(StringComparer.Ordinal)] : [];
}
