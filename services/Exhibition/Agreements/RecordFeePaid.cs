using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Agreements;

/// <summary>What arrived on the committee's account.</summary>
public sealed record RecordFeePaidRequest([Needed] Money Paid, [Needed] DateOnly? PaidOn, [Needed, LengthUpTo(64)] string Reference);

/// <summary>Record that the fee is paid.</summary>
/// <param name="Scope">The edition.</param>
/// <param name="Recorder">The organisation of who records it, if any.</param>
/// <param name="Paid">How much.</param>
/// <param name="PaidOn">When.</param>
/// <param name="Reference">The bank's reference.</param>
public sealed record RecordFeePaid(Scope Scope, Guid? Recorder, Money Paid, DateOnly PaidOn, string Reference)
{
    /// <summary>In full and in time; never by the exhibitor itself.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now) => agreement switch
    {
        _ when !Scope.Covers(agreement.EditionCode, agreement.OrganisationId) => AgreementRefusals.Unknown,
        _ when agreement.OrganisationId == Recorder =>
            Refusal.Forbidden("fee.own", "参展商不能自行登记缴费。", "An exhibitor cannot record its own payment."),
        { Payment: { } earlier } => earlier == new Payment(earlier.Paid.IsWorth(Paid) ? earlier.Paid : Paid, PaidOn, Reference)
            ? Decision<AgreementEvent>.Nothing
            : Refusal.Conflict("fee.already_paid", "该费用已缴清。", "The fee is paid already."),
        { Status: AgreementStatus.Cancelled } => AgreementRefusals.WrongState(agreement),
        { Status: AgreementStatus.Lapsed } => HoldExpired(agreement),
        _ when now >= agreement.Invoice!.End => HoldExpired(agreement),
        _ when !agreement.Invoice!.Fee.IsWorth(Paid) => Refusal.Rule("fee.amount_differs", "金额与应缴费用不符。", "This is not the amount of the fee.")
            .With("amount", agreement.Invoice.Fee.Amount).With("currency", agreement.Invoice.Fee.Currency),
        _ when PaidOn > now.Today() => AgreementRefusals.InFuture("paidOn", PaidOn),
        { Status: AgreementStatus.Accepted } =>
            new Decision<AgreementEvent>.Accepted(Receipt(agreement), new AgreementSettled(agreement.Id, agreement.ApplicationId)),
        _ => Receipt(agreement),
    };

    private FeePaid Receipt(Agreement agreement) => new(agreement.Id, Paid, PaidOn, Reference);

    private static Refusal HoldExpired(Agreement agreement) => Refusal.Rule(
        "fee.hold_expired", "缴费期限已过，展位不再保留。", "The fee was due before; the booth is no longer held.")
        .With("dueOn", $"{agreement.Invoice!.DueOn:yyyy-MM-dd}");
}

internal static class RecordFeePaidEndpoint
{
    public static void Map(RouteGroupBuilder agreements) => agreements
        .MapPost("/{agreementId:guid}/payment", Handle)
        .Allow(Roles.CommitteeFinance)
        .Fulfils("X-09")
        .WithName(nameof(RecordFeePaid))
        .WithSummary("Record that the fee is paid");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid agreementId, RecordFeePaidRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var command = new RecordFeePaid(Scope.All(edition), caller.OrganisationId, body.Paid, body.PaidOn!.Value, body.Reference);
        return streams.Decide<Agreement, AgreementEvent>(agreementId, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
