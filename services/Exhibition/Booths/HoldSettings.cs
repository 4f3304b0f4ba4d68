namespace Expo.Exhibition.Booths;

/// <summary>How exhibitors may reserve booths; section <c>Exhibition</c> of the configuration.</summary>
public sealed class HoldSettings
{
    /// <summary>How long a reservation lasts.</summary>
    public int HoldMinutes { get; set; } = 10;

    /// <summary>How many booths of an edition one exhibitor may reserve at once.</summary>
    public int HoldsAtOnce { get; set; } = 3;
}
