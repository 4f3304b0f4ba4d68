using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Agreements;

/// <summary>The fee's last day is over.</summary>
[Requirement("X-09")]
internal sealed class LapseFeeWhenNotPaid(Streams streams) : IReact<LapseFee>
{
    public static IEnumerable<Due> Due(FeeInvoiced fee, DateTimeOffset now) =>
        [new Due(new Invoice(fee.Fee, fee.DueOn).End, fee.AgreementId, new LapseFee())];

    public Task React(Guid stream, LapseFee command, CancellationToken ct) =>
        streams.Decide<Agreement, AgreementEvent>(stream, command.Decide, ct).MustAccept();
}
