using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;
using static Expo.Matchmaking.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Matchmaking.Tests.Listings;

public sealed class WriteListingSpecs
{
    private static readonly DraftListing Draft = new(NeedA, Acme, Form());

    [Fact]
    [Requirement("M-07", "M-09", "M-10")]
    public void A_verified_organisation_writes_down_a_need() =>
        Given<Listing>().When(Draft.Decide, at: Noon).Then(Drafted).AndAgainNothing();

    [Fact]
    public void An_organisation_that_is_not_verified_writes_nothing() =>
        Given<Listing>().When((Draft with { Organisation = null }).Decide, at: Noon).ThenRefused("organisation.not_verified");

    [Fact]
    public void What_must_not_be_public_is_not_kept() =>
        Refused(Form() with { Confidentiality = Confidentiality.Confidential }, "listing.confidential");

    [Fact]
    [Requirement("M-07", "M-10")]
    public void A_talent_demand_is_no_offer_and_a_talent_resource_no_request()
    {
        Refused(Form() with { Kind = ListingKind.TalentDemand, Direction = Direction.Offer }, "listing.direction_contradicts");
        Refused(Form() with { Kind = ListingKind.TalentResource, Direction = Direction.Request }, "listing.direction_contradicts");
    }

    [Fact]
    [Requirement("M-14")]
    public void Every_way_of_cooperation_can_be_chosen_once()
    {
        var all = Form() with { CooperationModes = Enum.GetValues<CooperationMode>() };
        Given<Listing>().When((Draft with { Form = all }).Decide, at: Noon).Then(Drafted with { Form = all }).AndAgainNothing();
        Refused(Form() with { CooperationModes = [CooperationMode.Recruitment, CooperationMode.Recruitment] }, "listing.repeated");
    }

    [Fact]
    public void A_code_is_chosen_once()
    {
        Refused(Form() with { Fields = ["new_energy", "new_energy"] }, "listing.repeated");
        Refused(Form() with { PartnerSought = new(["university", "university"], null, false) }, "listing.repeated");
        Refused(Form() with { PartnerSought = new(null, ["DE", "DE"], false) }, "listing.repeated");
    }

    [Fact]
    public void A_budget_and_a_period_have_an_end_and_do_not_run_backwards()
    {
        Refused(Form() with { Budget = new(null, null, "CNY") }, "budget.unclear");
        Refused(Form() with { Budget = new("10", "9.99", "CNY") }, "budget.unclear");
        Refused(Form() with { Period = new(null, null) }, "period.unclear");
        Refused(Form() with { Period = new(Today, Today.AddDays(-1)) }, "period.unclear");
        var open = Form() with { Budget = new("9", null, "CNY"), Period = new(null, Today) };
        Given<Listing>().When((Draft with { Form = open }).Decide, at: Noon).Then(Drafted with { Form = open });
    }

    [Fact]
    public void Its_owner_changes_a_draft_into_anything()
    {
        var other = Form() with { Kind = ListingKind.TalentDemand, Title = new Text("招聘材料专家") };
        Given<Listing>(Drafted).When(new ChangeListing(Acme, other).Decide, at: Noon).Then(new ListingChanged(NeedA, other)).AndAgainNothing();
    }

    [Fact]
    public void What_others_have_seen_stays_the_kind_of_thing_it_was()
    {
        var given = Given<Listing>(Drafted, Submitted, Published);
        given.When(new ChangeListing(Acme, Offer()).Decide, at: Noon).ThenRefused("listing.kind_fixed");
        given.When(new ChangeListing(Acme, Form() with { Kind = ListingKind.TalentDemand }).Decide, at: Noon).ThenRefused("listing.kind_fixed");
        var retitled = Form() with { Title = new Text("新标题") };
        given.When(new ChangeListing(Acme, retitled).Decide, at: Noon).Then(new ListingChanged(NeedA, retitled)).AndAgainNothing();
    }

    [Fact]
    public void A_change_keeps_the_rules_of_a_draft()
    {
        Given<Listing>(Drafted).When(new ChangeListing(Acme, Form() with { Confidentiality = Confidentiality.Confidential }).Decide, at: Noon).ThenRefused("listing.confidential");
        Given<Listing>(Drafted, Submitted, Published).When(new ChangeListing(Acme, Form() with { Period = new(null, Today.AddDays(-1)) }).Decide, at: Noon).ThenRefused("period.over");
    }

    [Fact]
    public void Nobody_changes_what_is_not_theirs_or_what_has_ended()
    {
        Given<Listing>(Drafted).When(new ChangeListing(Neighbour.Id, Form()).Decide, at: Noon).ThenRefused("listing.unknown");
        Given<Listing>().When(new ChangeListing(null, Form()).Decide, at: Noon).ThenRefused("listing.unknown");
        Given<Listing>(Drafted, Closed).When(new ChangeListing(Acme, Form()).Decide, at: Noon).ThenRefused("listing.closed");
    }

    private static void Refused(ListingForm form, string code) => Given<Listing>().When((Draft with { Form = form }).Decide, at: Noon).ThenRefused(code);
}
