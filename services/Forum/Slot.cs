using Expo.Kernel.Vocabulary;
using Expo.Kernel;

namespace Expo.Forum;

/// <summary>A time on one day, in Shanghai.</summary>
public sealed record Slot(DateOnly Day, TimeOnly From, TimeOnly To)
{
    /// <summary>When it begins, as an instant.</summary>
    internal DateTimeOffset StartsAt => Day.At(From);

    /// <summary>When it ends, as an instant.</summary>
    internal DateTimeOffset EndsAt => Day.At(To);

    /// <summary>Whether the two have a moment in common; one may begin when the other ends.</summary>
    public bool Overlaps(Slot other) => Day == other.Day && From < other.To && other.From < To;

    /// <summary>A refusal when it ends before it begins, or at once.</summary>
    public Refusal? Check() =>
        From < To ? null : Refusal.Rule("slot.backwards", "结束时间须晚于开始时间。", "A slot ends after it begins.");
}
