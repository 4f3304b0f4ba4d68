using Expo.Exhibition.Agreements;
using Expo.Exhibition.Applications;
using Expo.Exhibition.Booths;
using Expo.Kernel.Timers;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.Applications;

/// <summary>A reaction may run again after a crash, at a time when the world has moved on.</summary>
[Trait("needs", "postgres")]
public sealed class ReactionRepeatTests(SharedFair shared)
{
    private readonly Fair fair = shared.Fair;

    [Fact]
    public async Task A_hold_that_is_repeated_for_a_withdrawn_application_lets_the_booth_go_again()
    {
        var paperwork = await Paperwork.Confirmed(fair, await fair.Edition("A1"), "A1");
        var confirmation = await Confirmation(paperwork);
        (await paperwork.Exhibitor.Post($"{paperwork.Application}/withdrawal")).Is(NoContent);
        await paperwork.BoothReaches("A1", BoothStatus.Free);

        var booth = BoothId.Of(paperwork.Edition, "1", "A1");
        await Again(booth, new HoldBoothFor(paperwork.Id, paperwork.Edition, confirmation, paperwork.Caller.OrganisationId!.Value, Samples.DueOver));

        await paperwork.BoothReaches("A1", BoothStatus.Free);
        Assert.Equal(
            ["booth_planned", "booth_held_for_application", "booth_released", "booth_held_for_application", "booth_released"],
            await Eventually.Is(() => paperwork.History(Fair.BoothAt(paperwork.Edition, "A1"), fair.Officer), events => events.Length == 5));
    }

    [Fact]
    public async Task Every_reaction_that_is_repeated_at_the_end_changes_nothing()
    {
        var paperwork = await Paperwork.Confirmed(fair, await fair.Edition("A1"), "A1");
        var confirmation = await Confirmation(paperwork);
        await paperwork.SendAndAccept();
        (await paperwork.Pay(fair.Finance)).Is(NoContent);
        await paperwork.Reaches(ApplicationStatus.BoothAllocated);
        var before = await fair.App.Database.Ask<long>("select count(*) from mt_events where stream_id in ($1, $2, $3)", Streams(paperwork));

        var (application, agreement, booth) = (paperwork.Id, Agreement.IdOf(paperwork.Id), BoothId.Of(paperwork.Edition, "1", "A1"));
        await Again(booth, new HoldBoothFor(application, paperwork.Edition, confirmation, paperwork.Caller.OrganisationId!.Value, Samples.DueOver));
        await Again(agreement, new DrawUpAgreement(application, booth, confirmation));
        await Again(application, new SettleApplication(application));
        await Again(booth, new AllocateBooth(application));
        await Again(application, new CompleteApplication());
        await Again(agreement, new LapseFee());
        await Again(application, new LapseApplication());
        await Again(booth, new ReleaseBoothOf(application, "fee_not_paid"));
        await Again(booth, new ExpireHold(confirmation));

        Assert.Equal(before, await fair.App.Database.Ask<long>("select count(*) from mt_events where stream_id in ($1, $2, $3)", Streams(paperwork)));
    }

    private static object[] Streams(Paperwork paperwork) => [paperwork.Id, Agreement.IdOf(paperwork.Id), BoothId.Of(paperwork.Edition, "1", "A1")];

    private async Task<Guid> Confirmation(Paperwork paperwork) => Guid.Parse(
        (await fair.App.Database.Ask<string>("select data -> 'Confirmed' ->> 'Id' from mt_doc_boothapplication where id = $1", paperwork.Id))!);

    private async Task Again<TCommand>(Guid stream, TCommand command)
        where TCommand : class
    {
        await using var scope = fair.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IReact<TCommand>>().React(stream, command, TestContext.Current.CancellationToken);
    }
}
