using Expo.Exhibition.Agreements;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Applications;

/// <summary>The agreement is accepted and paid; settle its application. If that ended in the same moment, the agreement is void.</summary>
internal sealed class SettleApplicationWhenAgreementSettled(Streams streams) : IReact<SettleApplication>
{
    public static IEnumerable<Due> Due(AgreementSettled settled, DateTimeOffset now) =>
        [new Due(now, settled.ApplicationId, new SettleApplication(settled.ApplicationId))];

    public async Task React(Guid stream, SettleApplication command, CancellationToken ct)
    {
        if (await streams.Decide<BoothApplication, ApplicationEvent>(stream, command.Decide, ct).MustAnswer() is { } why)
            await streams.Decide<Agreement, AgreementEvent>(Agreement.IdOf(stream), new CancelAgreement(why.Code).Decide, ct).MustAccept();
    }
}
