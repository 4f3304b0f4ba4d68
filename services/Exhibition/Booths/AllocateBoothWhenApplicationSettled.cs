using Expo.Exhibition.Applications;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Booths;

/// <summary>An application is settled; allocate its booth. If it is gone against all rules, the application says so.</summary>
internal sealed class AllocateBoothWhenApplicationSettled(Streams streams) : IReact<AllocateBooth>
{
    public static IEnumerable<Due> Due(ApplicationSettled settled, DateTimeOffset now) =>
        [new Due(now, settled.BoothId, new AllocateBooth(settled.ApplicationId))];

    public async Task React(Guid stream, AllocateBooth command, CancellationToken ct)
    {
        if (await streams.Decide<Booth, BoothEvent>(stream, command.Decide, ct).MustAnswer() is { } why)
            await streams.Decide<BoothApplication, ApplicationEvent>(command.ApplicationId, new RecordAllocationRefused(why.Code).Decide, ct).MustAccept();
    }
}
