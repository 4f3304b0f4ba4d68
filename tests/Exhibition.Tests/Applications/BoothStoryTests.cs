using Expo.Exhibition.Agreements;
using Expo.Exhibition.Applications;
using Expo.Exhibition.Booths;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.Applications;

[Trait("needs", "postgres")]
public sealed class BoothStoryTests(SharedFair shared)
{
    private readonly Fair fair = shared.Fair;

    [Fact]
    [Requirement("X-05", "X-06", "X-07")]
    public async Task From_an_application_to_an_allocated_booth()
    {
        var edition = await fair.Edition("A1", "A2");
        var caller = await fair.Exhibitor();
        (await fair.App.Client(caller).Post($"{BoothAt(edition, "A1")}/reservation")).Is(NoContent);
        var paperwork = await Paperwork.Submitted(fair, edition, caller);

        (await fair.Officer.Post($"{paperwork.Application}/change-request", new ReasonRequest("请说明用电"))).Is(NoContent);
        await paperwork.Reaches(ApplicationStatus.ChangesRequested);
        var seen = await paperwork.Exhibitor.Get(paperwork.Application);
        Assert.Equal("请说明用电", seen.Read<ListedApplication>().Reason);
        var form = Samples.Form() with { PowerKw = 12 };
        (await paperwork.Exhibitor.Put(paperwork.Application, form, ifMatch: 1)).IsRefused(PreconditionFailed, "version.stale");
        (await paperwork.Exhibitor.Put(paperwork.Application, form, ifMatch: seen.Version)).Is(NoContent);

        await paperwork.Confirm("A1"); // the exhibitor's own reservation goes over
        await Eventually.Is(() => paperwork.Exhibitor.Get(paperwork.Agreement), answer => answer.Status == OK);
        var held = await paperwork.Booth("A1");
        Assert.Equal((BoothStatus.Held, caller.OrganisationId, Samples.DueOver), (held.State, held.OrganisationId, held.HeldUntil));

        await paperwork.SendAndAccept();
        (await paperwork.Pay(paperwork.Exhibitor)).Is(Forbidden);
        (await paperwork.Pay(fair.Officer)).Is(Forbidden);
        (await paperwork.Pay(fair.Finance, "80.00")).IsRefused(UnprocessableEntity, "fee.amount_differs");
        (await paperwork.Pay(fair.Finance)).Is(NoContent);

        await paperwork.Reaches(ApplicationStatus.BoothAllocated);
        Assert.Equal((BoothStatus.Allocated, caller.OrganisationId), (await paperwork.Booth("A1") is var booth ? booth.State : default, booth.OrganisationId));
        var agreement = (await paperwork.Exhibitor.Get(paperwork.Agreement)).Read<ListedAgreement>();
        Assert.Equal((AgreementStatus.Settled, FeeState.Paid), (agreement.State, agreement.FeeState));
        (await paperwork.Exhibitor.Post($"{paperwork.Application}/withdrawal")).IsRefused(Conflict, "application.wrong_state");

        Assert.Equal(
            ["application_submitted", "application_changes_requested", "application_changed", "application_confirmed", "application_settled",
                "application_booth_allocated"],
            await paperwork.History(paperwork.Application));
        Assert.Equal(
            ["agreement_generated", "fee_invoiced", "agreement_signed", "agreement_posted", "agreement_received", "agreement_accepted", "fee_paid",
                "agreement_settled"],
            await paperwork.History(paperwork.Agreement));
        Assert.Equal(
            ["booth_planned", "booth_reserved", "booth_held_for_application", "booth_allocated"],
            await paperwork.History(BoothAt(edition, "A1"), fair.Officer));
    }

    [Fact]
    [Requirement("X-09")]
    public async Task A_fee_paid_before_the_paper_is_accepted_allocates_too_and_its_last_day_ends_nothing()
    {
        await using var later = new Fair();
        await later.InitializeAsync();
        var paperwork = await Paperwork.Confirmed(later, await later.Edition("A1"), "A1");
        (await paperwork.Pay(later.Finance)).Is(NoContent);

        later.Clock.MoveTo(Samples.DueOver);
        await Eventually.Is(() => later.App.Database.Ask<long>("select count(*) from mt_doc_timerrow"), rows => rows == 0);
        Assert.Equal(BoothStatus.Held, (await paperwork.Booth("A1")).State);

        await paperwork.SendAndAccept();
        await paperwork.Reaches(ApplicationStatus.BoothAllocated);
    }

    [Fact]
    [Requirement("X-09")]
    public async Task An_unpaid_fee_ends_hold_agreement_and_application()
    {
        await using var later = new Fair();
        await later.InitializeAsync();
        var paperwork = await Paperwork.Confirmed(later, await later.Edition("A1"), "A1");
        later.Clock.MoveTo(Samples.DueOver.AddTicks(-1));
        await paperwork.SendAndAccept();

        later.Clock.MoveTo(Samples.DueOver);
        await paperwork.Reaches(ApplicationStatus.Lapsed);
        await paperwork.BoothReaches("A1", BoothStatus.Free);
        (await paperwork.Pay(later.Finance)).IsRefused(UnprocessableEntity, "fee.hold_expired");
        Assert.Equal(AgreementStatus.Lapsed, (await paperwork.Exhibitor.Get(paperwork.Agreement)).Read<ListedAgreement>().State);
    }

    [Fact]
    public async Task A_withdrawn_application_gives_its_booth_back_and_voids_its_agreement()
    {
        var paperwork = await Paperwork.Confirmed(fair, await fair.Edition("A1"), "A1");
        (await fair.App.Client(await fair.Exhibitor()).Post($"{paperwork.Application}/withdrawal")).IsRefused(NotFound, "application.unknown");
        (await paperwork.Exhibitor.Post($"{paperwork.Application}/withdrawal")).Is(NoContent);

        await paperwork.BoothReaches("A1", BoothStatus.Free);
        await Eventually.Is(
            async () => (await paperwork.Exhibitor.Get(paperwork.Agreement)).Read<ListedAgreement>().State, state => state == AgreementStatus.Cancelled);
        (await paperwork.Pay(fair.Finance)).IsRefused(Conflict, "agreement.wrong_state");
    }

    [Fact]
    [Requirement("X-06")]
    public async Task A_booth_that_another_has_sends_the_application_back_and_a_free_one_can_be_chosen()
    {
        var edition = await fair.Edition("A1", "A2");
        await Paperwork.Confirmed(fair, edition, "A1");
        var second = await Paperwork.Submitted(fair, edition);

        await second.Confirm("A1");
        await Eventually.Is(
            async () => (await second.Exhibitor.Get(second.Application)).Read<ListedApplication>(),
            application => application is { State: ApplicationStatus.Submitted, Reason: "booth_unavailable", BoothId: null });
        await second.Confirm("A9"); // not on the plan
        await Eventually.Is(async () => (await second.History(second.Application)).Count(name => name == "application_booth_unavailable"), times => times == 2);
        await second.Confirm("A2");
        await second.BoothReaches("A2", BoothStatus.Held);
    }

    [Fact]
    [Requirement("X-06")]
    public async Task A_declined_application_says_why()
    {
        var paperwork = await Paperwork.Submitted(fair, await fair.Edition("A1"));
        (await fair.Officer.Post($"{paperwork.Application}/decline", new ReasonRequest("展位已满"))).Is(NoContent);
        var declined = (await paperwork.Exhibitor.Get(paperwork.Application)).Read<ListedApplication>();
        Assert.Equal((ApplicationStatus.Declined, "展位已满"), (declined.State, declined.Reason));
        (await fair.Officer.Post($"{paperwork.Application}/confirmation", paperwork.Confirmation("A1"))).IsRefused(Conflict, "application.wrong_state");
    }

    [Fact]
    [Requirement("X-05", "X-07", "X-09")]
    public async Task Everybody_sees_what_is_theirs()
    {
        var edition = await fair.Edition("A1");
        var mine = await Paperwork.Confirmed(fair, edition, "A1");
        var theirs = await Paperwork.Submitted(fair, edition);
        var list = $"{Root(edition)}/booth-applications";

        Assert.Equal([mine.Id], await Ids(mine.Exhibitor, list));
        Assert.Equal([mine.Id, theirs.Id], await Ids(fair.Officer, list));
        Assert.Equal([theirs.Id], await Ids(fair.Officer, $"{list}?state=submitted"));
        Assert.Single((await fair.Finance.Get($"{Root(edition)}/agreements?state=generated")).Read<Page<ListedAgreement>>().Items);
        Assert.Empty((await theirs.Exhibitor.Get($"{Root(edition)}/agreements")).Read<Page<ListedAgreement>>().Items);

        foreach (var path in new[] { mine.Application, $"{mine.Application}/history" })
            (await theirs.Exhibitor.Get(path)).IsRefused(NotFound, "application.unknown");
        foreach (var path in new[] { mine.Agreement, $"{mine.Agreement}/history" })
            (await theirs.Exhibitor.Get(path)).IsRefused(NotFound, "agreement.unknown");
        (await theirs.Exhibitor.Post($"{mine.Agreement}/signature", new SignAgreementRequest("总经理"))).IsRefused(NotFound, "agreement.unknown");
        (await mine.Exhibitor.Get($"{Root(await fair.Edition())}/booth-applications/{mine.Id}")).IsRefused(NotFound, "application.unknown");
        (await fair.App.Client().Get(list)).Is(Unauthorized);
        (await fair.App.Client(TestCaller.Gate).Get(list)).Is(Forbidden);

        static async Task<IEnumerable<Guid>> Ids(HttpClient reader, string list) =>
            (await reader.Get(list)).Read<Page<ListedApplication>>().Items.Select(application => application.Id);
    }

    [Fact]
    [Requirement("X-10")]
    public async Task Nobody_applies_after_the_last_day()
    {
        await using var later = new Fair();
        await later.InitializeAsync();
        var edition = await later.Edition("A1");
        var exhibitor = later.App.Client(await later.Exhibitor());
        later.Clock.MoveTo(Samples.LastDay.End.AddTicks(-1));
        (await exhibitor.Post($"{Root(edition)}/booth-applications", Samples.Form())).Is(Created);
        later.Clock.MoveTo(Samples.LastDay.End);
        (await exhibitor.Post($"{Root(edition)}/booth-applications", Samples.Form())).IsRefused(UnprocessableEntity, "deadline.passed");
    }
}
