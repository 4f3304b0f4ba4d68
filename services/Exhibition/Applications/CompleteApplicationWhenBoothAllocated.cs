using Expo.Exhibition.Booths;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Applications;

/// <summary>The booth is allocated; the application has reached its aim.</summary>
internal sealed class CompleteApplicationWhenBoothAllocated(Streams streams) : IReact<CompleteApplication>
{
    public static IEnumerable<Due> Due(BoothAllocated allocated, DateTimeOffset now) => [new Due(now, allocated.ApplicationId, new CompleteApplication())];

    public Task React(Guid stream, CompleteApplication command, CancellationToken ct) =>
        streams.Decide<BoothApplication, ApplicationEvent>(stream, command.Decide, ct).MustAccept();
}
