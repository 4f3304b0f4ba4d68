using Expo.Matchmaking.Boards;
using static Expo.Matchmaking.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Matchmaking.Tests.Boards;

public sealed class PostingLifeSpecs
{
    private static readonly Guid Newer = Guid.CreateVersion7();

    [Fact]
    [Requirement("M-11")]
    public void A_nominated_need_goes_on_the_board_when_its_period_begins() =>
        Given<BoardPosting>(Nominated).When(new PostNeed(Nomination).Decide, at: Noon).Then(Posted).AndAgainNothing();

    [Fact]
    public void What_was_taken_down_or_nominated_anew_is_not_put_up_by_an_old_timer()
    {
        Given<BoardPosting>(Nominated, Expired).When(new PostNeed(Nomination).Decide, at: Noon).Then();
        Given<BoardPosting>(Nominated, Expired, Nominated with { NominationId = Newer }).When(new PostNeed(Nomination).Decide, at: Noon).Then();
    }

    [Fact]
    public void It_comes_off_the_board_when_its_time_is_over() =>
        Given<BoardPosting>(Nominated, Posted).When(new EndPosting(Nomination, EndPosting.PeriodOver).Decide, at: Noon).Then(Expired).AndAgainNothing();

    [Fact]
    public void An_old_timer_leaves_a_newer_nomination_alone() =>
        Given<BoardPosting>(Nominated, Expired, Nominated with { NominationId = Newer })
            .When(new EndPosting(Nomination, EndPosting.PeriodOver).Decide, at: Noon).Then();

    [Fact]
    public void An_officer_takes_it_down_before_its_time()
    {
        var down = new PostingTakenDown(PostingA, Nomination, "taken_down", "重复");
        Given<BoardPosting>(Nominated, Posted).When(new TakeDownPosting(Edition, Code, "重复").Decide, at: Noon).Then(down).AndAgainNothing();
        Given<BoardPosting>(Nominated).When(new TakeDownPosting(Edition, Code, "重复").Decide, at: Noon).Then(down);
        Given<BoardPosting>(Nominated, Expired).When(new TakeDownPosting(Edition, Code, "重复").Decide, at: Noon).Then();
    }

    [Fact]
    public void A_posting_of_another_board_or_edition_is_unknown()
    {
        Given<BoardPosting>().When(new TakeDownPosting(Edition, Code, "重复").Decide, at: Noon).ThenRefused("posting.unknown");
        Given<BoardPosting>(Nominated).When(new TakeDownPosting("ciep_2024", Code, "重复").Decide, at: Noon).ThenRefused("posting.unknown");
        Given<BoardPosting>(Nominated).When(new TakeDownPosting(Edition, "talent_demand", "重复").Decide, at: Noon).ThenRefused("posting.unknown");
    }
}
