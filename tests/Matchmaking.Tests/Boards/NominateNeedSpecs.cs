using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Listings;
using static Expo.Matchmaking.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Matchmaking.Tests.Boards;

public sealed class NominateNeedSpecs
{
    private static readonly Board ABoard = new Board().Evolve(Defined);
    private static readonly Listing Published = Need(Drafted, Submitted, Samples.Published);
    private static readonly NominateNeed Nominate = new(Nominated, ABoard, Published, "enterprise");

    [Fact]
    [Requirement("M-11")]
    public void An_officer_selects_a_published_need_for_a_board() =>
        Given<BoardPosting>().When(Nominate.Decide, at: Noon).Then(Nominated).AndAgainNothing();

    [Fact]
    [Requirement("M-11")]
    public void The_same_need_is_on_a_board_once()
    {
        var again = Nominate with { Nomination = Nominated with { NominationId = Guid.CreateVersion7() } };
        Given<BoardPosting>(Nominated).When(again.Decide, at: Noon).ThenRefused("posting.exists");
        Given<BoardPosting>(Nominated, Posted).When(again.Decide, at: Noon).ThenRefused("posting.exists");
        Given<BoardPosting>(Nominated, Posted, Expired).When(again.Decide, at: Noon).Then(again.Nomination).AndAgainNothing();
    }

    [Fact]
    public void A_board_that_the_edition_does_not_have_takes_nothing() => Refused(Nominate with { Board = null }, "board.unknown");

    [Fact]
    [Requirement("M-11")]
    public void Only_a_published_need_goes_on_a_board()
    {
        Refused(Nominate with { Listing = null }, "posting.need_unknown");
        Refused(Nominate with { Listing = Need(Drafted) }, "posting.need_unknown");
        Refused(Nominate with { Listing = Need(Drafted, Closed) }, "posting.need_unknown");
        Refused(Nominate with { Listing = Need(Drafted, Submitted, Samples.Published, Closed) }, "listing.closed");
        Refused(Nominate with { Listing = Need(Drafted with { Form = Offer() }, Submitted, Samples.Published) }, "posting.not_a_need");
    }

    [Fact]
    public void A_board_for_central_state_owned_enterprises_takes_only_theirs()
    {
        var theirs = Nominate with { Board = new Board().Evolve(Defined with { Scope = BoardScope.CentralSoe }) };
        Refused(theirs, "board.soe_only");
        Given<BoardPosting>().When((theirs with { OwnerKind = "soe" }).Decide, at: Noon).Then(Nominated);
    }

    [Fact]
    public void A_board_takes_the_kinds_it_names_or_all()
    {
        Refused(Nominate with { Board = new Board().Evolve(Defined with { Takes = [ListingKind.TalentDemand] }) }, "board.other_kind");
        Given<BoardPosting>().When((Nominate with { Board = new Board().Evolve(Defined with { Takes = [] }) }).Decide, at: Noon).Then(Nominated);
    }

    [Fact]
    public void The_period_is_not_over_and_does_not_run_backwards()
    {
        Refused(Nominate with { Nomination = Nominated with { Until = Today.AddDays(-1), From = Today } }, "period.unclear");
        Refused(Nominate with { Nomination = Nominated with { Until = Today.AddDays(-1), From = Today.AddDays(-1) } }, "period.over");
        var today = Nominated with { From = Today, Until = Today };
        Given<BoardPosting>().When((Nominate with { Nomination = today }).Decide, at: Noon).Then(today);
    }

    private static void Refused(NominateNeed command, string code) => Given<BoardPosting>().When(command.Decide, at: Noon).ThenRefused(code);
}
