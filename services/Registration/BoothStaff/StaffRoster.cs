using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.BoothStaff;

/// <summary>An exhibitor's booth staff in one edition: its booths' applications, the pass places, and who was named, in order.</summary>
public sealed record StaffRoster(Guid Id, Guid OrganisationId, IReadOnlyList<Guid> Applications, int Places, IReadOnlyList<Guid> Named, IReadOnlyList<Guid> WithPass)
    : IState<StaffRoster>
{
    /// <summary>The answer when there is no such roster, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("booth_staff.unknown", "没有这份展台人员名单。", "There is no such list of booth staff.");

    /// <summary>No booth, and nobody named.</summary>
    public StaffRoster()
        : this(Guid.Empty, Guid.Empty, [], 0, [], [])
    {
    }

    /// <summary>One stream per edition and exhibitor.</summary>
    public static Guid IdOf(string edition, Guid organisation) => NaturalId.For("booth-staff", edition, organisation.ToString("N"));

    /// <inheritdoc />
    public StaffRoster Evolve(object @event) => @event switch
    {
        BoothCounted e => this with
        {
            Id = e.RosterId, OrganisationId = e.OrganisationId, Applications = [.. Applications, e.ApplicationId], Places = Places + e.PassPlaces,
        },
        StaffNamed e => this with { Id = e.RosterId, OrganisationId = e.OrganisationId, Named = [.. Named, e.PersonId] },
        PassPlaceTaken e => this with { WithPass = [.. WithPass, e.PersonId] },
        _ => this,
    };
}
