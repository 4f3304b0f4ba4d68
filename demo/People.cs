namespace Expo.Demo;

/// <summary>An invented person; numbers begin with 000 and addresses end in example.org, so they are nobody's.</summary>
public sealed record DemoPerson(string NameZh, string NameEn, string Phone, string Email);

/// <summary>Everybody the story needs a name for.</summary>
public static class People
{
    /// <summary>The three who stand at the booth.</summary>
    public static IReadOnlyList<DemoPerson> Staff { get; } =
    [
        new("测试甲", "Test A", "000-5550-0101", "test-a@example.org"),
        new("测试乙", "Test B", "000-5550-0102", "test-b@example.org"),
        new("测试丙", "Test C", "000-5550-0103", "test-c@example.org"),
    ];

    /// <summary>Who speaks at the forum.</summary>
    public static (string NameZh, string NameEn) Speaker { get; } = ("测试嘉宾甲", "Test Speaker A");

    /// <summary>What the experts write to whoever has the need; for nobody else to read.</summary>
    public static string Message { get; } = "We have done this before, and would do it with you.";
}
