using Expo.Exhibition.Agreements;
using Expo.Exhibition.Applications;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Booths;

/// <summary>An application was withdrawn, or its fee was not paid in time; its booth is free again.</summary>
internal sealed class ReleaseBoothWhenApplicationEnded(Streams streams) : IReact<ReleaseBoothOf>
{
    public static IEnumerable<Due> Due(ApplicationWithdrawn withdrawn, DateTimeOffset now) =>
        withdrawn.BoothId is { } booth ? [new Due(now, booth, new ReleaseBoothOf(withdrawn.ApplicationId, "application_withdrawn"))] : [];

    public static IEnumerable<Due> Due(FeeLapsed lapsed, DateTimeOffset now) =>
        [new Due(now, lapsed.BoothId, new ReleaseBoothOf(lapsed.ApplicationId, "fee_not_paid"))];

    public Task React(Guid stream, ReleaseBoothOf command, CancellationToken ct) => streams.Decide<Booth, BoothEvent>(stream, command.Decide, ct).MustAccept();
}
