using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using static Expo.Matchmaking.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests.Listings;

[Trait("needs", "postgres")]
public sealed class ListingTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact]
    [Requirement("M-01", "M-02")]
    public async Task A_need_is_written_published_and_read_by_everybody_all_year()
    {
        var owner = await market.Organisation();
        var drafted = (await owner.Client.Post($"{Root}/listings", Samples.Form())).Is(Created);
        var id = drafted.Read<DraftedListing>().Id;
        Assert.Equal(ListingAt(id), drafted.Headers.Location?.ToString());

        (await market.Visitor.Get(ListingAt(id))).IsRefused(NotFound, "listing.unknown");
        Assert.DoesNotContain(await Ids(""), seen => seen == id);
        (await owner.Client.Post($"{ListingAt(id)}/publication")).Is(NoContent);

        var need = (await market.Visitor.Get(ListingAt(id))).Is(OK).Read<ListedListing>();
        Assert.Equal((ListingStatus.Published, owner.Organisation, "示例单位"), (need.State, need.OrganisationId, need.OrganisationName!.Zh));
        Assert.Equal(Availability.YearRound, need.Availability);
        Assert.True(Samples.Form().Says(need.Form));
        Assert.Contains(id, await Ids(""));

        var history = (await owner.Client.Get($"{ListingAt(id)}/history")).Is(OK).Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["listing_drafted", "listing_submitted", "listing_published"], history.Select(entry => entry.GetProperty("event").GetString()));
        Assert.All(history, entry => Assert.False(entry.TryGetProperty("edition", out var edition) && edition.GetString() is not null));
    }

    [Fact]
    [Requirement("M-07", "M-09", "M-10")]
    public async Task The_list_filters_by_what_a_listing_is()
    {
        var owner = await market.Organisation();
        var field = $"f{Guid.CreateVersion7():N}";
        var project = await Publish(owner, Samples.Form() with { Fields = [field, "new_energy"] });
        var people = await Publish(owner, Samples.Form() with
        {
            Fields = [field], Kind = ListingKind.TalentResource, Direction = Direction.Offer, ResourceKind = ResourceKind.Talent, CooperationModes = [CooperationMode.Recruitment],
        });

        Assert.Equal([people, project], await Ids($"field={field}"));
        Assert.Equal([project], await Ids($"field={field}&kind=project_cooperation"));
        Assert.Equal([people], await Ids($"field={field}&direction=offer"));
        Assert.Equal([people], await Ids($"field={field}&resourceKind=talent"));
        Assert.Empty(await Ids($"field={field}&kind=talent_demand"));
        Assert.Empty(await Ids("field=of_nobody"));
    }

    [Fact]
    [Requirement("M-14")]
    public async Task The_list_filters_by_the_way_of_cooperation()
    {
        var owner = await market.Organisation();
        var field = $"f{Guid.CreateVersion7():N}";
        var need = await Publish(owner, Samples.Form() with { Fields = [field], CooperationModes = [CooperationMode.ResultTransfer, CooperationMode.Recruitment] });

        Assert.Equal([need], await Ids($"field={field}&cooperationMode=result_transfer"));
        Assert.Empty(await Ids($"field={field}&cooperationMode=research_cooperation"));
        (await market.Visitor.Get($"{Root}/listings?cooperationMode=by_post")).Is(UnprocessableEntity);
    }

    [Fact]
    public async Task The_list_pages_from_the_newest()
    {
        var owner = await market.Organisation();
        var field = $"f{Guid.CreateVersion7():N}";
        var ids = new List<Guid>();
        for (var n = 0; n < 3; n++)
            ids.Insert(0, await Publish(owner, Samples.Form() with { Fields = [field] }));

        var first = (await market.Visitor.Get($"{Root}/listings?field={field}&limit=2")).Is(OK).Read<Page<ListedListing>>();
        Assert.Equal(ids[..2], first.Items.Select(listing => listing.Id));
        var second = (await market.Visitor.Get($"{Root}/listings?limit=2&cursor={first.NextCursor}")).Is(OK).Read<Page<ListedListing>>();
        Assert.Equal(ids[2..], second.Items.Select(listing => listing.Id));
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task Only_its_organisation_changes_publishes_or_closes_it()
    {
        var owner = await market.Organisation();
        var other = await market.Organisation();
        var id = await Draft(owner);

        (await other.Client.Put(ListingAt(id), Samples.Form())).IsRefused(NotFound, "listing.unknown");
        (await other.Client.Post($"{ListingAt(id)}/publication")).IsRefused(NotFound, "listing.unknown");
        (await other.Client.Post($"{ListingAt(id)}/closure", new CloseListingRequest(ClosureReason.Withdrawn))).IsRefused(NotFound, "listing.unknown");
        (await other.Client.Get($"{ListingAt(id)}/history")).IsRefused(NotFound, "listing.unknown");
        (await market.Officer.Get(ListingAt(id))).IsRefused(NotFound, "listing.unknown");
        (await market.Officer.Put(ListingAt(id), Samples.Form())).Is(Forbidden);
        (await market.Visitor.Post($"{ListingAt(id)}/publication")).Is(Unauthorized);
        (await market.App.Client(TestCaller.Organisation(Guid.CreateVersion7())).Post($"{Root}/listings", Samples.Form())).IsRefused(Conflict, "organisation.not_verified");
        Assert.Equal(["listing_drafted"], await History(owner.Client, ListingAt(id)));
    }

    [Fact]
    public async Task Its_organisation_changes_it_on_the_version_it_saw()
    {
        var owner = await market.Organisation();
        var id = await Publish(owner);
        var retitled = Samples.Form() with { Title = new Text("另一个标题") };

        (await owner.Client.Put(ListingAt(id), retitled, ifMatch: 1)).IsRefused(PreconditionFailed, "version.stale");
        Assert.Equal(4, (await owner.Client.Put(ListingAt(id), retitled, ifMatch: 3)).Is(NoContent).Version);
        Assert.Equal("另一个标题", (await market.Visitor.Get(ListingAt(id))).Read<ListedListing>().Form.Title.Zh);
    }

    [Fact]
    public async Task A_closed_need_is_seen_by_its_organisation_and_the_committee_only()
    {
        var owner = await market.Organisation();
        var id = await Publish(owner);
        (await owner.Client.Post($"{ListingAt(id)}/closure", new CloseListingRequest(ClosureReason.Fulfilled))).Is(NoContent);

        (await market.Visitor.Get(ListingAt(id))).IsRefused(NotFound, "listing.unknown");
        Assert.DoesNotContain(id, await Ids(""));
        Assert.Equal(ClosureReason.Fulfilled, (await market.Officer.Get(ListingAt(id))).Is(OK).Read<ListedListing>().ClosedBecause);
        var own = (await owner.Client.Get($"{Root}/listings/own")).Is(OK).Read<Page<ListedListing>>();
        Assert.Equal((id, ListingStatus.Closed), (Assert.Single(own.Items).Id, own.Items[0].State));
    }

    [Fact]
    public async Task A_repeated_draft_with_the_same_key_is_one_listing()
    {
        var owner = await market.Organisation();
        var key = Http.NewKey();
        var first = (await owner.Client.Post($"{Root}/listings", Samples.Form(), key)).Is(Created).Read<DraftedListing>();
        var again = (await owner.Client.Post($"{Root}/listings", Samples.Form(), key)).Is(Created).Read<DraftedListing>();
        Assert.Equal(first, again);
        Assert.Single((await owner.Client.Get($"{Root}/listings/own")).Read<Page<ListedListing>>().Items);
    }

    [Fact]
    public async Task What_must_not_be_public_leaves_no_trace()
    {
        var owner = await market.Organisation();
        var secret = $"秘密{Guid.CreateVersion7():N}";
        var form = Samples.Form() with { Title = new Text(secret), Confidentiality = Confidentiality.Confidential };
        (await owner.Client.Post($"{Root}/listings", form, Http.NewKey())).IsRefused(UnprocessableEntity, "listing.confidential");

        foreach (var table in (string[])["mt_events", "mt_doc_listing", "mt_doc_storedanswer"])
            Assert.Equal(0, await market.App.Database.Ask<long>($"select count(*) from {table} where data::text like '%' || $1 || '%'", secret));
    }

    private async Task<Guid[]> Ids(string query) =>
        [.. (await market.Visitor.Get($"{Root}/listings?limit=200&{query}")).Is(OK).Read<Page<ListedListing>>().Items.Select(listing => listing.Id)];
}
