namespace Expo.Kernel.Vocabulary;

/// <summary>The calendar of the expo: days are days of Asia/Shanghai, which has known no other offset since 1991.</summary>
public static class ShanghaiDays
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    /// <summary>The day that an instant falls on.</summary>
    public static DateOnly Today(this DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(Shanghai).DateTime);

    /// <summary>The first instant of a day, in UTC.</summary>
    public static DateTimeOffset Begin(this DateOnly day) => day.At(TimeOnly.MinValue).ToUniversalTime();

    /// <summary>A time of a day, with Shanghai's offset.</summary>
    public static DateTimeOffset At(this DateOnly day, TimeOnly time) => new(day, time, Shanghai);
}
