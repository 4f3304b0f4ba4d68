using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Expo.Matchmaking;

/// <summary>A list whose members all look as the pattern says.</summary>
public sealed class EachLikeAttribute(string pattern) : ValidationAttribute
{
    /// <summary>A code in snake_case.</summary>
    public const string Code = "^[a-z][a-z0-9_]{0,63}$";

    /// <summary>A country, ISO 3166-1 alpha-2.</summary>
    public const string Country = "^[A-Z]{2}$";

    /// <summary>Where boards are put up (requirement M-13).</summary>
    public const string Placement = "^(website_top|main_hall|every_zone|(zone|section):[a-z][a-z0-9_]{0,63})$";

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is not IEnumerable<string?> members || members.All(member => member is null || IsLike(member));

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) => "field.unknown_code";

    // The whole of it: the end of a pattern also matches before a last line break.
    private bool IsLike(string member) => Regex.Match(member, pattern) is { Success: true } match && match.Length == member.Length;
}

/// <summary>Enum values as people of other programs read them.</summary>
internal static class Codes
{
    /// <summary>The value's code.</summary>
    public static string Code<T>(this T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
