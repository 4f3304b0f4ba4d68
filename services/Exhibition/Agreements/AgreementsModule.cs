using Expo.Exhibition.Applications;
using Expo.Exhibition.Booths;
using Expo.Kernel;

namespace Expo.Exhibition.Agreements;

/// <summary>Agreements and fees of confirmed applications.</summary>
public static class AgreementsModule
{
    /// <summary>Keeps agreements.</summary>
    public static EventStoreBuilder AddAgreements(this EventStoreBuilder store) => store
        .Stream<Agreement>()
        .Marten(options => options.Schema.For<Agreement>().Duplicate(row => row.EditionCode))
        .Event<AgreementGenerated>("agreement_generated")
        .Event<FeeInvoiced>("fee_invoiced")
        .Event<AgreementSigned>("agreement_signed")
        .Event<AgreementPosted>("agreement_posted")
        .Event<AgreementReceived>("agreement_received")
        .Event<AgreementAccepted>("agreement_accepted")
        .Event<FeePaid>("fee_paid")
        .Event<AgreementSettled>("agreement_settled")
        .Event<FeeLapsed>("fee_lapsed")
        .Event<AgreementCancelled>("agreement_cancelled")
        .Timers<BoothHeldForApplication>(GenerateAgreementWhenBoothHeld.Due)
        .Reaction<DrawUpAgreement, GenerateAgreementWhenBoothHeld>("draw_up_agreement")
        .Timers<FeeInvoiced>(LapseFeeWhenNotPaid.Due)
        .Reaction<LapseFee, LapseFeeWhenNotPaid>("lapse_fee")
        .Timers<ApplicationWithdrawn>(CancelAgreementWhenApplicationWithdrawn.Due)
        .Reaction<CancelAgreement, CancelAgreementWhenApplicationWithdrawn>("cancel_agreement");

    /// <summary>Serves the agreements of an edition.</summary>
    public static void MapAgreements(this RouteGroupBuilder edition)
    {
        var agreements = edition.MapGroup("/agreements").WithTags("Agreements");
        AgreementListEndpoints.Map(agreements);
        SignAgreementEndpoint.Map(agreements);
        PostAgreementEndpoint.Map(agreements);
        ReceiveAgreementEndpoint.Map(agreements);
        AcceptAgreementEndpoint.Map(agreements);
        RecordFeePaidEndpoint.Map(agreements);
    }
}
