using System.Text.Json;

namespace Expo.Dashboard.Operations;

/// <summary>Why an operation could not be asked for, in the shape in which the services refuse.</summary>
internal sealed record OperationsProblem(int Status, string Code, string Chinese, string English)
{
    private const string RefusedCode = "operations.sign_in_refused";

    public static readonly OperationsProblem NotOffered = new(404, "operations.not_offered", "没有提供运维操作的这个服务。", "No service of this name offers operations.");

    public static readonly OperationsProblem BadPath = new(404, "operations.path", "没有这个操作。", "There is no such operation.");

    public static readonly OperationsProblem BadBody = new(415, "operations.body", "需要不超过 16 KB 的 JSON。", "JSON of 16 KB at most is expected.");

    public static readonly OperationsProblem NoSignIn = new(
        503, "operations.no_sign_in", "尚无法登录运维账号：提供登录的服务还没有运行。", "The operations account cannot sign in yet: the service that lets it has not run so far.");

    public static readonly OperationsProblem NoCredentials = new(422, "operations.no_credentials", "请填写用户名和密码。", "User name and password are needed.");

    public static readonly OperationsProblem TooMany = new(503, "operations.too_many", "登录的人太多，请稍后再试。", "Too many people are signed in: try again later.");

    public static OperationsProblem Away(string state) => new(
        503, "service.away", $"该服务现在不可用（{state}）。", $"The service is away ({state}).");

    public static OperationsProblem NotUnderstood(int status) => new(
        502, "service.unclear", $"该服务的答复（{status}）无法理解。", $"The service gave an answer ({status}) that is not understood.");

    /// <summary>What a person gave was wrong, which is no failure of anybody else's.</summary>
    public OperationsProblem AsInput() => Code == RefusedCode ? this with { Status = 422 } : this;

    public static OperationsProblem SignInRefused(int status) => new(
        502, RefusedCode, $"该账号登录被拒绝（{status}）。", $"The account was not let in ({status}).");

    /// <summary>A problem document (RFC 9457) in the caller's language.</summary>
    public JsonElement For(string? language)
    {
        var chinese = language?.TrimStart().StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true;
        return JsonSerializer.SerializeToElement(new { type = "about:blank", title = Code, status = Status, detail = chinese ? Chinese : English, code = Code });
    }
}
