using Expo.Exhibition.Agreements;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Applications;

/// <summary>The fee was not paid in time; the application ends with it.</summary>
internal sealed class LapseApplicationWhenFeeLapsed(Streams streams) : IReact<LapseApplication>
{
    public static IEnumerable<Due> Due(FeeLapsed lapsed, DateTimeOffset now) => [new Due(now, lapsed.ApplicationId, new LapseApplication())];

    public Task React(Guid stream, LapseApplication command, CancellationToken ct) =>
        streams.Decide<BoothApplication, ApplicationEvent>(stream, command.Decide, ct).MustAccept();
}
