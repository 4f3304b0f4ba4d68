using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Passes;

/// <summary>Hand a pass to its holder: from now on it opens gates.</summary>
public sealed record ActivatePass(Guid? OrganisationId, Guid Administrator)
{
    /// <summary>Only the exhibitor whose pass it is may; a revoked pass stays revoked.</summary>
    public Decision<PassEvent> Decide(Pass pass, DateTimeOffset now) => pass switch
    {
        _ when pass.Id == Guid.Empty || pass.OrganisationId != OrganisationId => Pass.Unknown,
        { State: PassState.Revoked } => Refusal.Conflict("pass.revoked", "该证件已吊销。", "This pass was revoked."),
        { State: PassState.Active } => Decision<PassEvent>.Nothing,
        _ => new PassActivated(pass.Id, Administrator),
    };
}

internal static class ActivatePassEndpoint
{
    public static void Map(RouteGroupBuilder passes) => passes
        .MapPost("/{id:guid}/activation", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("R-04")
        .WithName(nameof(ActivatePass))
        .WithSummary("Say that a pass was handed to its holder");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, Streams streams, CancellationToken ct) =>
        streams.Decide<Pass, PassEvent>(id, new ActivatePass(caller.OrganisationId, caller.AccountId).Decide, ct).NoContentOrProblem();
}
