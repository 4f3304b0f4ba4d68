using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.SigningKeys;

/// <summary>Which key pair to replace.</summary>
public sealed record RotateSigningKeyRequest([Needed] KeyPurpose? Purpose);

internal static class RotateSigningKeyEndpoint
{
    public static void Map(RouteGroupBuilder keys) => keys
        .MapPost("", Handle)
        .Allow(Roles.CommitteeOfficer)
        .WithName("RotateSigningKey")
        .WithSummary("Replace the key pair that signs access tokens or passes");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(RotateSigningKeyRequest body, Streams streams, CancellationToken ct) =>
        KeyPairs.Add(streams, body.Purpose!.Value, rotate: true, ct).NoContentOrProblem();
}
