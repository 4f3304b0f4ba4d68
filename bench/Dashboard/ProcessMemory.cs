using System.Globalization;

namespace Expo.Bench.Dashboard;

/// <summary>The memory of another process.</summary>
public static class ProcessMemory
{
    /// <summary>A line of its status (<c>VmRSS</c> now, <c>VmHWM</c> the most ever), in MB.</summary>
    public static double Megabytes(int process, string line) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(one => one.StartsWith(line, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
