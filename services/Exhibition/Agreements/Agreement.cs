using System.Text.Json;
using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Agreements;

/// <summary>The agreement on a booth and its fee: the process from the held booth to an exhibitor that may move in.</summary>
public sealed record Agreement(
    Guid Id, string Number, Guid ApplicationId, string EditionCode, Guid OrganisationId, Guid BoothId, string Hall, string BoothNumber, decimal AreaM2,
    AgreementStatus Status) : IState<Agreement>
{
    /// <summary>An agreement that was not drawn up.</summary>
    public Agreement()
        : this(Guid.Empty, "", Guid.Empty, "", Guid.Empty, Guid.Empty, "", "", 0, AgreementStatus.None)
    {
    }

    /// <summary>The fee and its last day.</summary>
    public Invoice? Invoice { get; init; }

    /// <summary>The payment, once there is one.</summary>
    public Payment? Payment { get; init; }

    /// <summary>The position of the one who signed.</summary>
    public string? SignerTitle { get; init; }

    /// <summary>How the paper travels.</summary>
    public Posting? Posting { get; init; }

    /// <summary>When the paper arrived.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>One agreement for each application.</summary>
    public static Guid IdOf(Guid applicationId) => NaturalId.For("agreement", applicationId.ToString());

    /// <inheritdoc />
    public Agreement Evolve(object @event) => @event switch
    {
        AgreementGenerated e => new(
            e.AgreementId, e.Number, e.ApplicationId, e.EditionCode, e.OrganisationId, e.BoothId, e.Hall, e.BoothNumber, e.AreaM2, AgreementStatus.Generated),
        FeeInvoiced e => this with { Invoice = new(e.Fee, e.DueOn) },
        AgreementSigned e => this with { Status = AgreementStatus.Signed, SignerTitle = e.SignerTitle },
        AgreementPosted e => this with { Status = AgreementStatus.Posted, Posting = new(e.Carrier, e.TrackingNumber) },
        AgreementReceived e => this with { Status = AgreementStatus.Received, ReceivedOn = e.ReceivedOn },
        AgreementAccepted _ => this with { Status = AgreementStatus.Accepted },
        FeePaid e => this with { Payment = new(e.Paid, e.PaidOn, e.Reference) },
        AgreementSettled _ => this with { Status = AgreementStatus.Settled },
        FeeLapsed _ => this with { Status = AgreementStatus.Lapsed },
        AgreementCancelled _ => this with { Status = AgreementStatus.Cancelled },
        _ => this,
    };
}

/// <summary>What is to be paid, and until when (that day included).</summary>
public sealed record Invoice(Money Fee, DateOnly DueOn)
{
    /// <summary>The first instant that is too late (decision Q18).</summary>
    public DateTimeOffset End => new Deadline("booth_fee", DueOn, RuleKind.Hard).End;
}

/// <summary>What was paid.</summary>
public sealed record Payment(Money Paid, DateOnly PaidOn, string Reference);

/// <summary>The post that carries the paper (requirement X-08).</summary>
public sealed record Posting(string Carrier, string TrackingNumber);

/// <summary>Where an agreement stands (W2); its fee is apart from that.</summary>
public enum AgreementStatus
{
    /// <summary>It does not exist.</summary>
    None,

    /// <summary>Drawn up; the exhibitor has to sign.</summary>
    Generated,

    /// <summary>Signed; the exhibitor has to post it.</summary>
    Signed,

    /// <summary>On its way.</summary>
    Posted,

    /// <summary>Arrived; the committee has to check it.</summary>
    Received,

    /// <summary>In order; the fee is still missing.</summary>
    Accepted,

    /// <summary>Accepted and paid: the good ending.</summary>
    Settled,

    /// <summary>Not paid in time: an ending.</summary>
    Lapsed,

    /// <summary>Its application ended: an ending.</summary>
    Cancelled,
}

/// <summary>Why something cannot be done with an agreement.</summary>
public static class AgreementRefusals
{
    /// <summary>There is none, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("agreement.unknown", "没有这份协议。", "There is no such agreement.");

    /// <summary>It stands elsewhere.</summary>
    public static Refusal WrongState(Agreement agreement) => Refusal.Conflict(
        "agreement.wrong_state", "协议的当前状态不允许此操作。", "The agreement's present state does not allow this.")
        .With("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(agreement.Status.ToString()));

    /// <summary>A day that has not come yet.</summary>
    public static Refusal InFuture(string field, DateOnly day) => Refusal.Rule(
        "date.in_future", "日期不能晚于今天。", "This day has not come yet.").With("field", field).With("date", $"{day:yyyy-MM-dd}");
}
