using Expo.Kernel;

namespace Expo.Exhibition.Applications;

/// <summary>An exhibitor's application for a booth, from submission to one of its endings (workflow W2).</summary>
public sealed record BoothApplication(
    Guid Id, string EditionCode, Guid OrganisationId, ApplicationForm? Form, ApplicationStatus Status, Confirmation? Confirmed, bool Settled, string? Reason)
    : IState<BoothApplication>
{
    /// <summary>An application that nobody made.</summary>
    public BoothApplication()
        : this(Guid.Empty, "", Guid.Empty, null, ApplicationStatus.None, null, false, null)
    {
    }

    /// <inheritdoc />
    public BoothApplication Evolve(object @event) => @event switch
    {
        ApplicationSubmitted e => new(e.ApplicationId, e.EditionCode, e.OrganisationId, e.Form, ApplicationStatus.Submitted, null, false, null),
        ApplicationChanged e => this with { Form = e.Form, Status = ApplicationStatus.Submitted, Reason = null },
        ApplicationChangesRequested e => this with { Status = ApplicationStatus.ChangesRequested, Reason = e.Reason },
        ApplicationDeclined e => this with { Status = ApplicationStatus.Declined, Reason = e.Reason },
        ApplicationConfirmed e => this with
        {
            Status = ApplicationStatus.Confirmed, Reason = null, Confirmed = new(e.ConfirmationId, e.BoothId, e.Fee, e.FeeDueOn),
        },
        ApplicationBoothUnavailable _ => this with { Status = ApplicationStatus.Submitted, Reason = BoothUnavailable, Confirmed = null },
        ApplicationWithdrawn _ => this with { Status = ApplicationStatus.Withdrawn },
        ApplicationSettled _ => this with { Settled = true },
        ApplicationBoothAllocated _ => this with { Status = ApplicationStatus.BoothAllocated },
        ApplicationAllocationRefused e => this with { Status = ApplicationStatus.AllocationRefused, Reason = e.Code },
        ApplicationLapsed _ => this with { Status = ApplicationStatus.Lapsed },
        _ => this,
    };

    /// <summary>The reason that stands in an application whose confirmed booth could not be held.</summary>
    public const string BoothUnavailable = "booth_unavailable";

    /// <summary>Whether this confirmation is the one in force.</summary>
    public bool IsConfirmedBy(Guid confirmationId) => Status == ApplicationStatus.Confirmed && Confirmed!.Id == confirmationId;
}

/// <summary>What the committee confirmed.</summary>
public sealed record Confirmation(Guid Id, Guid BoothId, Money Fee, DateOnly FeeDueOn);

/// <summary>Where an application stands (W2).</summary>
public enum ApplicationStatus
{
    /// <summary>It does not exist.</summary>
    None,

    /// <summary>The committee has to decide.</summary>
    Submitted,

    /// <summary>The exhibitor has to change it.</summary>
    ChangesRequested,

    /// <summary>A booth is held; agreement and fee are under way.</summary>
    Confirmed,

    /// <summary>The committee said no: an ending.</summary>
    Declined,

    /// <summary>The exhibitor gave up: an ending.</summary>
    Withdrawn,

    /// <summary>The fee was not paid in time: an ending.</summary>
    Lapsed,

    /// <summary>The exhibitor has its booth: the good ending.</summary>
    BoothAllocated,

    /// <summary>All was settled but the booth was gone: an ending that somebody must look into.</summary>
    AllocationRefused,
}

/// <summary>Why something cannot be done with an application.</summary>
public static class ApplicationRefusals
{
    /// <summary>There is none, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("application.unknown", "没有这份参展申请。", "There is no such booth application.");

    /// <summary>The section is not on the plan.</summary>
    public static Refusal SectionUnknown(string code) =>
        Refusal.Rule("section.unknown", $"平面图上没有“{code}”。", $"There is no {code} on the floor plan.").With("section", code);

    /// <summary>It stands elsewhere.</summary>
    public static Refusal WrongState(BoothApplication application) => Refusal.Conflict(
        "application.wrong_state", "参展申请的当前状态不允许此操作。", "The application's present state does not allow this.")
        .With("state", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(application.Status.ToString()));
}
