using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Passes;

/// <summary>Why the pass is taken back.</summary>
public sealed record RevokePassRequest([Needed, LengthUpTo(500)] string Reason);

/// <summary>Revoke a pass: no gate admits its holder any more.</summary>
public sealed record RevokePass(string Reason, Guid Officer)
{
    /// <summary>A pass is revoked once; the first reason stands.</summary>
    public Decision<PassEvent> Decide(Pass pass, DateTimeOffset now) => pass switch
    {
        _ when pass.Id == Guid.Empty => Pass.Unknown,
        { State: PassState.Revoked } => Decision<PassEvent>.Nothing,
        _ => new PassRevoked(pass.Id, Reason, Officer),
    };
}

internal static class RevokePassEndpoint
{
    public static void Map(RouteGroupBuilder passes) => passes
        .MapPost("/{id:guid}/revocation", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("R-04")
        .WithName(nameof(RevokePass))
        .WithSummary("Revoke a pass");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, RevokePassRequest body, Caller caller, Streams streams, CancellationToken ct) =>
        streams.Decide<Pass, PassEvent>(id, new RevokePass(body.Reason, caller.AccountId).Decide, ct).NoContentOrProblem();
}
