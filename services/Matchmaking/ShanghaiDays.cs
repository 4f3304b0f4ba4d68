namespace Expo.Matchmaking;

/// <summary>The calendar of the expo.</summary>
internal static class ShanghaiDays
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    /// <summary>The day that an instant falls on in Shanghai.</summary>
    public static DateOnly Today(this DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(Shanghai).DateTime);

    /// <summary>The first instant of a day in Shanghai, in UTC.</summary>
    public static DateTimeOffset Begin(this DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Shanghai).ToUniversalTime();
}
