using Expo.Kernel;

namespace Expo.Registration.Passes;

/// <summary>Where a pass stands (W1).</summary>
public enum PassState
{
    /// <summary>It exists, and waits to be handed out.</summary>
    Issued,

    /// <summary>Its holder has it.</summary>
    Active,

    /// <summary>It opens no gate any more.</summary>
    Revoked,
}

/// <summary>What a gate decided last.</summary>
public sealed record LastCheckIn(Guid Id, EntryRefusal? Refused);

/// <summary>An exhibitor pass.</summary>
public sealed record Pass(
    Guid Id, string EditionCode, Guid OrganisationId, Guid PersonId, DateTimeOffset ExpiresAt, PassState State, LastCheckIn? LastCheckIn) : IState<Pass>
{
    /// <summary>The answer when there is no such pass, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("pass.unknown", "没有这张证件。", "There is no such pass.");

    /// <summary>A pass that was not issued.</summary>
    public Pass()
        : this(Guid.Empty, "", Guid.Empty, Guid.Empty, default, PassState.Issued, null)
    {
    }

    /// <inheritdoc />
    public Pass Evolve(object @event) => @event switch
    {
        PassIssued e => new(e.PassId, e.EditionCode, e.OrganisationId, e.PersonId, e.ExpiresAt, PassState.Issued, null),
        PassActivated _ => this with { State = PassState.Active },
        PassRevoked _ => this with { State = PassState.Revoked },
        PassScanned e => this with { LastCheckIn = new LastCheckIn(e.CheckInId, null) },
        HolderAdmitted e => this with { LastCheckIn = new LastCheckIn(e.CheckInId, null) },
        HolderRefused e => this with { LastCheckIn = new LastCheckIn(e.CheckInId, e.Reason) },
        _ => this,
    };
}
