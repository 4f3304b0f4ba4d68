namespace Expo.Kernel;

/// <summary>What sort of "no" it is; the HTTP edge turns it into a status.</summary>
public enum RefusalKind
{
    /// <summary>Unknown, or not the caller's: 404.</summary>
    Unknown,
    /// <summary>The caller may see it but may not do this: 403.</summary>
    Forbidden,
    /// <summary>The state of the thing does not allow it: 409.</summary>
    Conflict,
    /// <summary>Somebody changed it first: 412.</summary>
    Stale,
    /// <summary>A rule says no: 422.</summary>
    Rule,
    /// <summary>Too many are asking at once: 503 with Retry-After.</summary>
    Busy,

    /// <summary>The caller is not who they say they are: 401.</summary>
    NotSignedIn,

    /// <summary>The caller asks too often: 429, with Retry-After from the parameter <c>retryAfter</c> (seconds).</summary>
    TooOften,
}

/// <summary>A "no" the caller can act on: <c>Code</c> is public API, <c>Detail</c> is for people, <c>Parameters</c> for programs.</summary>
public sealed record Refusal(RefusalKind Kind, string Code, Text Detail)
{
    /// <summary>Values that the detail speaks of, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
    /// <summary>It does not exist, or not for this caller.</summary>
    public static Refusal Unknown(string code, string zh, string en) => new(RefusalKind.Unknown, code, new Text(zh, en));
    /// <summary>The caller is known but lacks the right.</summary>
    public static Refusal Forbidden(string code, string zh, string en) => new(RefusalKind.Forbidden, code, new Text(zh, en));
    /// <summary>The present state stands against it.</summary>
    public static Refusal Conflict(string code, string zh, string en) => new(RefusalKind.Conflict, code, new Text(zh, en));
    /// <summary>A rule stands against it.</summary>
    public static Refusal Rule(string code, string zh, string en) => new(RefusalKind.Rule, code, new Text(zh, en));
    /// <summary>The version the caller saw is no longer the last one.</summary>
    public static readonly Refusal Stale = new(
        RefusalKind.Stale, "version.stale", new Text("已被他人修改，请刷新后重试。", "Someone changed this first. Reload and try again."));

    /// <summary>The stream is being written by too many at once.</summary>
    public static readonly Refusal Busy = new(
        RefusalKind.Busy, "busy", new Text("系统繁忙，请稍后重试。", "Too many are writing this at once. Try again shortly."));

    /// <summary>The same refusal with one more parameter.</summary>
    public Refusal With(string name, string value) =>
        this with { Parameters = new Dictionary<string, string>(Parameters) { [name] = value } };
}
