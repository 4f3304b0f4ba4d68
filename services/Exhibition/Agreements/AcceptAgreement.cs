using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Agreements;

/// <summary>Accept the paper that arrived.</summary>
public sealed record AcceptAgreement(Scope Scope)
{
    /// <summary>With the fee paid, all is settled.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now) => agreement switch
    {
        _ when !Scope.Covers(agreement.EditionCode, agreement.OrganisationId) => AgreementRefusals.Unknown,
        { Status: AgreementStatus.Accepted or AgreementStatus.Settled } => Decision<AgreementEvent>.Nothing,
        { Status: not AgreementStatus.Received } => AgreementRefusals.WrongState(agreement),
        { Payment: null } => new AgreementAccepted(agreement.Id),
        _ => new Decision<AgreementEvent>.Accepted(new AgreementAccepted(agreement.Id), new AgreementSettled(agreement.Id, agreement.ApplicationId)),
    };
}

internal static class AcceptAgreementEndpoint
{
    public static void Map(RouteGroupBuilder agreements) => agreements
        .MapPost("/{agreementId:guid}/acceptance", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("X-07")
        .WithName(nameof(AcceptAgreement))
        .WithSummary("Accept the signed agreement");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid agreementId, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Agreement, AgreementEvent>(agreementId, new AcceptAgreement(Scope.All(edition)).Decide, new With { IfMatch = ifMatch }, ct)
            .NoContentOrProblem();
}
