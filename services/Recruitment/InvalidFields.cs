using Expo.Kernel.Http;

namespace Expo.Recruitment;

/// <summary>422 with every field that is not valid, where the rule needs more than the field itself.</summary>
public sealed class InvalidFields(IReadOnlyList<FieldError> errors) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => httpContext.WriteInvalid(errors);
}
