using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Applications;

/// <summary>The last days that an edition sets for exhibitors.</summary>
internal sealed class Deadlines(Streams streams)
{
    /// <summary>The last day for booth applications (requirement X-10), if the edition has one.</summary>
    public async Task<Deadline?> ForApplications(string edition, CancellationToken ct) =>
        (await streams.Read<KnownEdition>(KnownEdition.IdOf(edition), ct)).State?.DeadlineOf("booth_application");
}
