using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Agreements;

/// <summary>The position of the one who signs; never the name.</summary>
public sealed record SignAgreementRequest([Needed, LengthUpTo(100)] string SignerTitle);

/// <summary>Say that the agreement is signed and sealed.</summary>
public sealed record SignAgreement(Scope Scope, string SignerTitle)
{
    /// <summary>Once, by the exhibitor.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now) => agreement switch
    {
        _ when !Scope.Covers(agreement.EditionCode, agreement.OrganisationId) => AgreementRefusals.Unknown,
        { Status: AgreementStatus.Generated } => new AgreementSigned(agreement.Id, SignerTitle),
        { Status: AgreementStatus.Signed } when agreement.SignerTitle == SignerTitle => Decision<AgreementEvent>.Nothing,
        _ => AgreementRefusals.WrongState(agreement),
    };
}

internal static class SignAgreementEndpoint
{
    public static void Map(RouteGroupBuilder agreements) => agreements
        .MapPost("/{agreementId:guid}/signature", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("X-07")
        .WithName(nameof(SignAgreement))
        .WithSummary("Say that your organisation signed and sealed the agreement");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid agreementId, SignAgreementRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Agreement, AgreementEvent>(
            agreementId, new SignAgreement(Scope.Own(edition, caller), body.SignerTitle).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
