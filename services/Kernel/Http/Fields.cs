using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Expo.Kernel.Http;

/// <summary>The member must be there and say something.</summary>
public sealed class NeededAttribute : RequiredAttribute
{
    /// <inheritdoc />
    public override string FormatErrorMessage(string name) => "field.required";
}

/// <summary>A text of at most (and, if said, at least) so many characters.</summary>
public sealed class LengthUpToAttribute(int max) : StringLengthAttribute(max)
{
    /// <inheritdoc />
    public override string FormatErrorMessage(string name) => $"field.length min={MinimumLength} max={MaximumLength}";
}

/// <summary>A number within bounds, both included.</summary>
public sealed class WithinAttribute(double min, double max) : RangeAttribute(min, max)
{
    /// <inheritdoc />
    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"field.out_of_range min={Minimum} max={Maximum}");
}

/// <summary>One of the listed codes.</summary>
public sealed class OneOfAttribute(params string[] codes) : AllowedValuesAttribute([.. codes, null])
{
    /// <inheritdoc />
    public override string FormatErrorMessage(string name) => $"field.unknown_code codes={string.Join('|', codes)}";
}

/// <summary>A list of at most so many members, without holes.</summary>
public sealed class CountUpToAttribute(int max) : MaxLengthAttribute(max)
{
    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is IEnumerable members && members.Cast<object?>().Contains(null) ? new("field.required") : base.IsValid(value, validationContext);

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) => $"field.too_many max={Length}";
}

/// <summary>A text that has Chinese, and no language longer than so many characters (Unicode text elements).</summary>
public sealed class TextUpToAttribute(int max) : MaxLengthAttribute(max)
{
    /// <inheritdoc />
    public override bool IsValid(object? value) =>
        value is not Text text
        || (!string.IsNullOrWhiteSpace(text.Zh)
            && text.Languages.All(t => t.Key.Length <= 35 && new StringInfo(t.Value).LengthInTextElements <= Length));

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) => $"field.text language=zh max={Length}";
}

/// <summary>Gives the framework's validation answers the platform's shape (422, pointers, codes, both languages).</summary>
internal sealed class ValidationProblems : IProblemDetailsService
{
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails invalid)
            await context.HttpContext.WriteInvalid(invalid.Errors.SelectMany(e => e.Value.Select(message => Error(e.Key, message))).ToArray());
        else
            await context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, HttpJson.Options, "application/problem+json", context.HttpContext.RequestAborted);
    }

    public async ValueTask<bool> TryWriteAsync(ProblemDetailsContext context)
    {
        await WriteAsync(context);
        return true;
    }

    /// <summary>A code that JSON could not make a value of; <c>$.areas[0].kind</c> becomes <c>#/areas/0/kind</c>.</summary>
    internal static FieldError UnknownCode(UnknownCodeException failure) =>
        Error(failure.Path?.TrimStart('$', '.') ?? "", $"field.unknown_code codes={string.Join('|', failure.Known)}");

    private static FieldError Error(string path, string message)
    {
        var words = message.Split(' ');
        var parameters = words.Skip(1).Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        var code = words[0];
        var max = parameters.GetValueOrDefault("max");
        var min = parameters.GetValueOrDefault("min");
        var (stable, zh, en) = code switch
        {
            "field.required" => (code, "必填。", "This is required."),
            "field.length" => ("field.too_long", $"长度须为 {min} 至 {max} 个字符。", $"Must have {min} to {max} characters."),
            "field.text" => ("field.too_long", $"须有中文，且每种语言不超过 {max} 个字符。", $"Needs Chinese, and at most {max} characters in each language."),
            "field.too_many" => ("field.too_long", $"最多 {max} 项。", $"At most {max} items."),
            "field.out_of_range" => (code, $"须在 {min} 与 {max} 之间。", $"Must be between {min} and {max}."),
            "field.unknown_code" => (code, "不是允许的代码。", "This code is not known."),
            _ => ("field.invalid", "内容无效。", message),
        };
        return new FieldError(Pointer(path), stable, new Text(zh, en), parameters.Count > 0 ? parameters : null);
    }

    // "Speakers[2].Name" → "#/speakers/2/name"
    private static string Pointer(string path) =>
        "#/" + string.Join('/', path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries).Select(JsonNamingPolicy.CamelCase.ConvertName));
}
