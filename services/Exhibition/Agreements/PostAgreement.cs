using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Agreements;

/// <summary>With whom the paper travels, under which number.</summary>
public sealed record PostAgreementRequest([Needed, LengthUpTo(100)] string Carrier, [Needed, LengthUpTo(64)] string TrackingNumber);

/// <summary>Say that the signed paper is on its way.</summary>
public sealed record PostAgreement(Scope Scope, string Carrier, string TrackingNumber)
{
    /// <summary>Once it is signed.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now) => agreement switch
    {
        _ when !Scope.Covers(agreement.EditionCode, agreement.OrganisationId) => AgreementRefusals.Unknown,
        { Status: AgreementStatus.Signed } => new AgreementPosted(agreement.Id, Carrier, TrackingNumber),
        { Status: AgreementStatus.Posted } when agreement.Posting == new Posting(Carrier, TrackingNumber) => Decision<AgreementEvent>.Nothing,
        _ => AgreementRefusals.WrongState(agreement),
    };
}

internal static class PostAgreementEndpoint
{
    public static void Map(RouteGroupBuilder agreements) => agreements
        .MapPost("/{agreementId:guid}/posting", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("X-08")
        .WithName(nameof(PostAgreement))
        .WithSummary("Say that your signed agreement is in the post");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid agreementId, PostAgreementRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Agreement, AgreementEvent>(
            agreementId, new PostAgreement(Scope.Own(edition, caller), body.Carrier, body.TrackingNumber).Decide, new With { IfMatch = ifMatch }, ct)
            .NoContentOrProblem();
}
