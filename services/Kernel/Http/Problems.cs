using System.Diagnostics;
using System.Text.Json.Serialization;
using Expo.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace Expo.Kernel.Http;

/// <summary>A refusal on its way out; its detail gets the caller's language where the answer is written.</summary>
public sealed class RefusalProblem : ProblemDetails
{
    private readonly Refusal refusal;

    /// <summary>The problem document of a refusal (RFC 9457).</summary>
    public RefusalProblem(Refusal refusal)
    {
        this.refusal = refusal;
        Status = Problems.StatusOf(refusal.Kind);
        Type = Problems.TypeOf(refusal.Code);
        Title = refusal.Code;
        Detail = refusal.Detail.Zh;
        Extensions["code"] = refusal.Code;
        if (refusal.Parameters.Count > 0)
            Extensions["params"] = refusal.Parameters;
    }

    /// <summary>After how many seconds to try again, when that helps.</summary>
    internal string? RetryAfter => refusal.Kind == RefusalKind.Busy ? "1" : refusal == IdempotentRequest.InProgress ? "5" : refusal.Parameters.GetValueOrDefault("retryAfter");

    internal RefusalProblem For(string language, string? path)
    {
        Detail = refusal.Detail.In(language);
        Instance = path;
        Problems.AddTrace(this);
        return this;
    }
}

/// <summary>One field that is not valid, as a JSON Pointer with a stable code.</summary>
public sealed record FieldError(string Pointer, string Code, Text Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Params);

/// <summary>Problem documents, all of one shape: type, title, status, detail, instance, code, traceId and, where they help, params and errors.</summary>
public static class Problems
{
    /// <summary>The status of each kind of refusal.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Unknown => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.NotSignedIn => StatusCodes.Status401Unauthorized,
        RefusalKind.TooOften => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Where a code is documented.</summary>
    public static string TypeOf(string code) => $"https://docs.expo.example/problems/{code}";

    /// <summary>A refusal as a typed result.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal) => TypedResults.Problem(new RefusalProblem(refusal));

    /// <summary>Answers 422 with the fields that are not valid.</summary>
    public static Task WriteInvalid(this HttpContext http, IReadOnlyList<FieldError> errors) => http.WriteProblem(
        StatusCodes.Status422UnprocessableEntity, "validation", $"{errors.Count} 个字段需要修改。", $"{errors.Count} field(s) need attention.",
        new("errors", errors));

    /// <summary>The body that a refusal is stored with, for a repeat of the request.</summary>
    internal static byte[] Body(Refusal refusal, string language) =>
        JsonSerializer.SerializeToUtf8Bytes<ProblemDetails>(new RefusalProblem(refusal).For(language, null), HttpJson.Options);

    internal static void AddTrace(ProblemDetails problem)
    {
        if (Activity.Current is { } activity)
            problem.Extensions["traceId"] = activity.TraceId.ToHexString();
    }
}
