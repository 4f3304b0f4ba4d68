using Expo.Kernel;

namespace Expo.Exhibition.Applications;

// What the booth and the agreement report back. A report that comes twice, or after another ending, changes nothing.

/// <summary>The confirmed booth could not be held.</summary>
public sealed record RecordBoothUnavailable(Guid ConfirmationId, string Code)
{
    /// <summary>The application waits for another booth.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) =>
        application.IsConfirmedBy(ConfirmationId)
            ? new ApplicationBoothUnavailable(application.Id, application.Confirmed!.BoothId, Code)
            : Decision<ApplicationEvent>.Nothing;
}

/// <summary>The agreement is accepted and the fee is paid.</summary>
public sealed record SettleApplication(Guid ApplicationId)
{
    /// <summary>From here on the exhibitor cannot withdraw, so that the booth is allocated to one who still wants it.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) => application switch
    {
        { Settled: true } => Decision<ApplicationEvent>.Nothing,
        { Status: ApplicationStatus.Confirmed } => new ApplicationSettled(application.Id, application.Confirmed!.BoothId),
        _ => ApplicationRefusals.WrongState(application),
    };
}

/// <summary>The booth is allocated.</summary>
public sealed record CompleteApplication
{
    /// <summary>The good ending.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) =>
        application is { Status: ApplicationStatus.Confirmed, Settled: true }
            ? new ApplicationBoothAllocated(application.Id, application.Confirmed!.BoothId)
            : Decision<ApplicationEvent>.Nothing;
}

/// <summary>The booth could not be allocated.</summary>
public sealed record RecordAllocationRefused(string Code)
{
    /// <summary>The ending that must not be.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) =>
        application is { Status: ApplicationStatus.Confirmed, Settled: true }
            ? new ApplicationAllocationRefused(application.Id, application.Confirmed!.BoothId, Code)
            : Decision<ApplicationEvent>.Nothing;
}

/// <summary>The fee was not paid in time.</summary>
public sealed record LapseApplication
{
    /// <summary>One that has ended otherwise stays as it ended.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) =>
        application is { Status: ApplicationStatus.Confirmed, Settled: false }
            ? new ApplicationLapsed(application.Id, application.Confirmed!.BoothId)
            : Decision<ApplicationEvent>.Nothing;
}
