using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Agreements;

/// <summary>The day on which the paper arrived.</summary>
public sealed record ReceiveAgreementRequest([Needed] DateOnly? ReceivedOn);

/// <summary>Record that the paper arrived.</summary>
public sealed record ReceiveAgreement(Scope Scope, DateOnly ReceivedOn)
{
    /// <summary>Once it was posted, and not before the day has come.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now) => agreement switch
    {
        _ when !Scope.Covers(agreement.EditionCode, agreement.OrganisationId) => AgreementRefusals.Unknown,
        { Status: AgreementStatus.Received } when agreement.ReceivedOn == ReceivedOn => Decision<AgreementEvent>.Nothing,
        { Status: not AgreementStatus.Posted } => AgreementRefusals.WrongState(agreement),
        _ when ReceivedOn > now.Today() => AgreementRefusals.InFuture("receivedOn", ReceivedOn),
        _ => new AgreementReceived(agreement.Id, ReceivedOn),
    };
}

internal static class ReceiveAgreementEndpoint
{
    public static void Map(RouteGroupBuilder agreements) => agreements
        .MapPost("/{agreementId:guid}/receipt", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("X-08")
        .WithName(nameof(ReceiveAgreement))
        .WithSummary("Record that the signed agreement arrived");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid agreementId, ReceiveAgreementRequest body, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Agreement, AgreementEvent>(
            agreementId, new ReceiveAgreement(Scope.All(edition), body.ReceivedOn!.Value).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
