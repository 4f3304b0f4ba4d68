using Expo.Exhibition.Applications;
using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Booths;

/// <summary>An application was confirmed with a booth; hold it until the fee is due. If it cannot be had, the application says so.</summary>
[Requirement("X-06")]
internal sealed class HoldBoothWhenApplicationConfirmed(Streams streams) : IReact<HoldBoothFor>
{
    public static IEnumerable<Due> Due(ApplicationConfirmed confirmed, DateTimeOffset now)
    {
        var until = new Deadline("booth_fee", confirmed.FeeDueOn, RuleKind.Hard).End;
        yield return new Due(now, confirmed.BoothId, new HoldBoothFor(
            confirmed.ApplicationId, confirmed.EditionCode, confirmed.ConfirmationId, confirmed.OrganisationId, until));
    }

    public async Task React(Guid stream, HoldBoothFor command, CancellationToken ct)
    {
        if (await streams.Decide<Booth, BoothEvent>(stream, command.Decide, ct).MustAnswer() is { } why)
        {
            await streams.Decide<BoothApplication, ApplicationEvent>(
                command.ApplicationId, new RecordBoothUnavailable(command.HoldId, why.Code).Decide, ct).MustAccept();
        }
    }
}
