using Expo.Exhibition.Booths;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.Booths;

[Trait("needs", "postgres")]
public sealed class ReservationTests(SharedFair shared)
{
    private readonly Fair fair = shared.Fair;

    [Fact]
    [Requirement("X-11")]
    public async Task The_holder_holds_and_another_is_told_that_it_is_taken()
    {
        var edition = await fair.Edition("A1");
        var booth = BoothAt(edition, "A1");
        var holder = await fair.Exhibitor();

        var held = (await fair.App.Client(holder).Post($"{booth}/reservation")).Is(NoContent);
        var again = (await fair.App.Client(holder).Post($"{booth}/reservation")).Is(NoContent);
        Assert.Equal(held.Version, again.Version);
        (await fair.App.Client(await fair.Exhibitor()).Post($"{booth}/reservation")).IsRefused(Conflict, "booth.taken");

        Assert.Equal(holder.OrganisationId, (await fair.App.Client(holder).Get(booth)).Read<ListedBooth>().OrganisationId);
        Assert.Equal(holder.OrganisationId, (await fair.Officer.Get(booth)).Read<ListedBooth>().OrganisationId);
        var seen = (await fair.App.Client().Get(booth)).Read<ListedBooth>();
        Assert.Equal((BoothStatus.Held, null), (seen.State, seen.OrganisationId));
    }

    [Fact]
    [Requirement("X-11")]
    public async Task A_booth_given_back_is_free_for_others()
    {
        var edition = await fair.Edition("A1");
        var booth = BoothAt(edition, "A1");
        var (one, other) = (fair.App.Client(await fair.Exhibitor()), fair.App.Client(await fair.Exhibitor()));

        (await one.Post($"{booth}/reservation")).Is(NoContent);
        (await other.Delete($"{booth}/reservation")).IsRefused(NotFound, "reservation.unknown");
        (await one.Delete($"{booth}/reservation")).Is(NoContent);
        (await one.Delete($"{booth}/reservation")).Is(NoContent);
        (await other.Post($"{booth}/reservation")).Is(NoContent);
    }

    [Fact]
    public async Task Three_holds_at_once_and_no_fourth_until_one_is_given_back()
    {
        var edition = await fair.Edition("A1", "A2", "A3", "A4");
        var exhibitor = fair.App.Client(await fair.Exhibitor());
        foreach (var number in new[] { "A1", "A2", "A3" })
            (await exhibitor.Post($"{BoothAt(edition, number)}/reservation")).Is(NoContent);

        (await exhibitor.Post($"{BoothAt(edition, "A4")}/reservation")).IsRefused(Conflict, "booth.hold_limit");
        (await exhibitor.Delete($"{BoothAt(edition, "A2")}/reservation")).Is(NoContent);
        (await exhibitor.Post($"{BoothAt(edition, "A4")}/reservation")).Is(NoContent);
    }

    [Fact]
    [Requirement("X-11")]
    public async Task Ten_holds_at_the_same_moment_are_three_holds()
    {
        var numbers = Enumerable.Range(1, 10).Select(n => $"A{n}").ToArray();
        var edition = await fair.Edition(numbers);
        var exhibitor = fair.App.Client(await fair.Exhibitor());

        // Two that chose the same place collide: one is told to try again, and does.
        async Task<Answer> Reserve(string number) => await Eventually.Is(
            () => exhibitor.Post($"{BoothAt(edition, number)}/reservation"), answer => answer.Status != ServiceUnavailable);
        var answers = await Task.WhenAll(numbers.Select(Reserve));

        Assert.Equal(3, answers.Count(answer => answer.Status == NoContent));
        Assert.All(answers.Where(answer => answer.Status != NoContent), answer => answer.IsRefused(Conflict, "booth.hold_limit"));
    }

    [Fact]
    [Requirement("X-11")]
    public async Task Who_may_not_hold_is_told_why()
    {
        var edition = await fair.Edition("A1");
        var reservation = $"{BoothAt(edition, "A1")}/reservation";
        (await fair.App.Client().Post(reservation)).Is(Unauthorized);
        (await fair.Officer.Post(reservation)).Is(Forbidden);
        (await fair.App.Client(TestCaller.Organisation(Guid.CreateVersion7())).Post(reservation)).IsRefused(Conflict, "organisation.not_verified");
        (await fair.App.Client(TestCaller.Somebody(Roles.OrganisationAdministrator)).Post(reservation)).IsRefused(Conflict, "organisation.not_verified");

        var exhibitor = fair.App.Client(await fair.Exhibitor());
        (await exhibitor.Post($"{BoothAt(edition, "A9")}/reservation")).IsRefused(NotFound, "booth.unknown");
        (await exhibitor.Post($"{Root(await fair.Edition())}/booths/{BoothId.Of(edition, "1", "A1")}/reservation")).IsRefused(NotFound, "booth.unknown");
        (await exhibitor.Post($"{BoothAt("nowhere", "A1")}/reservation")).IsRefused(NotFound, "edition.unknown");
    }

    [Fact]
    [Requirement("X-12")]
    public async Task The_list_pages_and_filters()
    {
        var edition = await fair.Edition("A1", "A2", "A3");
        (await fair.App.Client(await fair.Exhibitor()).Post($"{BoothAt(edition, "A2")}/reservation")).Is(NoContent);
        var visitor = fair.App.Client();

        var first = (await visitor.Get($"{Root(edition)}/booths?limit=2")).Is(OK).Read<Page<ListedBooth>>();
        Assert.Equal(["A1", "A2"], first.Items.Select(booth => booth.Number));
        var second = (await visitor.Get($"{Root(edition)}/booths?limit=2&cursor={Uri.EscapeDataString(first.NextCursor!)}")).Read<Page<ListedBooth>>();
        Assert.Equal(["A3"], second.Items.Select(booth => booth.Number));
        Assert.Null(second.NextCursor);

        Assert.Equal("A2", Assert.Single((await visitor.Get($"{Root(edition)}/booths?state=held")).Read<Page<ListedBooth>>().Items).Number);
        Assert.Empty((await visitor.Get($"{Root(edition)}/booths?zone=elsewhere")).Read<Page<ListedBooth>>().Items);
        Assert.Equal(3, (await visitor.Get($"{Root(edition)}/booths?zone=regional")).Read<Page<ListedBooth>>().Items.Count);
        (await visitor.Get($"{Root(edition)}/booths?state=sold")).Is(UnprocessableEntity);
        (await visitor.Get($"{Root(edition)}/booths?limit=0")).IsRefused(BadRequest, "request.malformed");
    }
}
