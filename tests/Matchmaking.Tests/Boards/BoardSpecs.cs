using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Boards;
using static Expo.Matchmaking.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Matchmaking.Tests.Boards;

public sealed class BoardSpecs
{
    [Fact]
    [Requirement("M-13", "E-05")]
    public void The_committee_says_what_a_board_is() =>
        Given<Board>().When(new DefineBoard(Defined).Decide, at: Noon).Then(Defined).AndAgainNothing();

    [Fact]
    public void Whatever_is_other_defines_it_anew()
    {
        BoardDefined[] others =
        [
            Defined with { Name = new Text("其他") }, Defined with { Scope = BoardScope.CentralSoe }, Defined with { Placements = ["section:central_soe"] },
            Defined with { Takes = [] }, Defined with { Organisers = [] },
        ];
        foreach (var other in others)
            Given<Board>(Defined).When(new DefineBoard(other).Decide, at: Noon).Then(other).AndAgainNothing();
    }
}
