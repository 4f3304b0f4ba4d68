using Expo.Exhibition.Applications;
using Expo.Exhibition.Booths;
using Expo.Kernel;
using Expo.Kernel.Timers;

namespace Expo.Exhibition.Agreements;

/// <summary>A booth is held for this application: its agreement is to be drawn up.</summary>
public sealed record DrawUpAgreement(Guid ApplicationId, Guid BoothId, Guid HoldId);

/// <summary>The booth of a confirmed application is held; draw up its agreement. If the application is no longer confirmed with it, let the booth go.</summary>
[Requirement("X-07", "X-09")]
internal sealed class GenerateAgreementWhenBoothHeld(Streams streams) : IReact<DrawUpAgreement>
{
    public static IEnumerable<Due> Due(BoothHeldForApplication hold, DateTimeOffset now) =>
        [new Due(now, Agreement.IdOf(hold.ApplicationId), new DrawUpAgreement(hold.ApplicationId, hold.BoothId, hold.HoldId))];

    public async Task React(Guid stream, DrawUpAgreement command, CancellationToken ct)
    {
        var (application, _) = await streams.Read<BoothApplication>(command.ApplicationId, ct);
        var (booth, _) = await streams.Read<Booth>(command.BoothId, ct);
        if (application!.IsConfirmedBy(command.HoldId))
        {
            var confirmed = application.Confirmed!;
            var agreement = new GenerateAgreement(
                application.Id, application.EditionCode, application.OrganisationId, booth!.Id, booth.Hall, booth.Number, booth.AreaM2,
                confirmed.Fee, confirmed.FeeDueOn);
            await streams.Decide<Agreement, AgreementEvent>(stream, agreement.Decide, ct).MustAccept();
        }
        else if (booth!.Hold?.HoldId == command.HoldId)
        {
            var release = new ReleaseBoothOf(command.ApplicationId, "application_not_confirmed");
            await streams.Decide<Booth, BoothEvent>(command.BoothId, release.Decide, ct).MustAccept();
        }
    }
}
