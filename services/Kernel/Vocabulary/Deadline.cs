namespace Expo.Kernel.Vocabulary;

/// <summary>Whether a rule may be set aside ("原则上" makes it soft).</summary>
public enum RuleKind
{
    /// <summary>Nobody may set it aside.</summary>
    Hard,
    /// <summary>An officer may set it aside, saying why.</summary>
    Soft,
}

/// <summary>Who set a soft rule aside, and why.</summary>
public sealed record Override(Guid Actor, string Reason);

/// <summary>A last day: inclusive, until 24:00 Asia/Shanghai of that day (decision Q18).</summary>
public sealed record Deadline(string Code, DateOnly Date, RuleKind Kind)
{
    /// <summary>The first instant that is too late, in UTC.</summary>
    public DateTimeOffset End => Date.AddDays(1).Begin();

    /// <summary>A refusal when it has passed, unless it is soft and somebody set it aside; else nothing.</summary>
    public Refusal? Check(DateTimeOffset now, Override? setAside = null) =>
        now < End || (Kind == RuleKind.Soft && setAside is not null)
            ? null
            : Refusal.Rule("deadline.passed", $"截止日期（{Date:yyyy-MM-dd}）已过。", $"The deadline ({Date:yyyy-MM-dd}) has passed.")
                .With("deadline", Code).With("date", Date.ToString("yyyy-MM-dd"));
}
