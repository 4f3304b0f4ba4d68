using Expo.Kernel;

namespace Expo.Registration.Organisations;

/// <summary>What other streams of this service need to know of an organisation.</summary>
public sealed record Standing(OrganisationKind Kind, bool Verified);

/// <summary>Looks organisations up.</summary>
public sealed class Standings(Streams streams)
{
    /// <summary>The answer when there is no such organisation, or not for this caller.</summary>
    public static Refusal Unknown => Organisation.Unknown;

    /// <summary>How an organisation stands with the committee, if it is registered.</summary>
    public async Task<Standing?> Of(Guid organisation, CancellationToken ct) =>
        (await streams.Read<Organisation>(organisation, ct)).State is { Profile: { } profile } found
            ? new Standing(profile.Kind, found.State == OrganisationState.Verified)
            : null;
}
