namespace Expo.Exhibition;

/// <summary>The calendar of the expo.</summary>
internal static class ShanghaiDays
{
    /// <summary>The day that an instant falls on in Shanghai.</summary>
    public static DateOnly Today(this DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(8)).DateTime);
}
