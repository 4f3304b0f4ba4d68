using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;
using static Expo.Recruitment.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Recruitment.Tests.Fairs;

public sealed class FairSpecs
{
    private static readonly DefineFair Define = new(Edition, "elite", Elite);
    private static readonly FairDefined Defined = new(JobFair.IdOf(Edition, "elite"), Edition, "elite", Elite);

    [Fact, Requirement("J-01")]
    public void The_committee_defines_a_fair_once() =>
        Given<JobFair>().When(Define.Decide, at: Noon).Then(Defined).AndAgainNothing();

    [Fact, Requirement("J-01")]
    public void The_committee_changes_a_rule_of_a_fair()
    {
        var lower = Elite with { MinAnnualSalary = Elite.MinAnnualSalary! with { Threshold = new Money("150000", "CNY") } };
        Given<JobFair>(Defined).When((Define with { Definition = lower }).Decide, at: Noon).Then(Defined with { Definition = lower }).AndAgainNothing();
    }
}
