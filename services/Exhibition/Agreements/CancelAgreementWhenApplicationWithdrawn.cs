using Expo.Exhibition.Applications;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Agreements;

/// <summary>A confirmed application was withdrawn; its agreement is void.</summary>
internal sealed class CancelAgreementWhenApplicationWithdrawn(Streams streams) : IReact<CancelAgreement>
{
    public static IEnumerable<Due> Due(ApplicationWithdrawn withdrawn, DateTimeOffset now) =>
        withdrawn.BoothId is null ? [] : [new Due(now, Agreement.IdOf(withdrawn.ApplicationId), new CancelAgreement("application_withdrawn"))];

    public Task React(Guid stream, CancelAgreement command, CancellationToken ct) =>
        streams.Decide<Agreement, AgreementEvent>(stream, command.Decide, ct).MustAccept();
}
