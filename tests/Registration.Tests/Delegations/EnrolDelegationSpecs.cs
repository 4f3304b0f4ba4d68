using Expo.Kernel.Vocabulary;
using Expo.Registration.Delegations;
using Expo.ServiceDefaults;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.Delegations;

public sealed class EnrolDelegationSpecs
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DelegationEnrolled Fujian = new(
        Delegation.IdOf("ciep_2027", "福建"), "ciep_2027", new Text("福建", "Fujian"), DelegationKind.Province, "east");

    [Fact]
    [Requirement("R-14")]
    public void A_delegation_is_enrolled_once() =>
        Given<Delegation>().When(new EnrolDelegation(Fujian).Decide, at: Noon).Then(Fujian).AndAgainNothing();

    [Fact]
    [Requirement("R-14")]
    public void Another_delegation_of_the_same_name_is_refused() =>
        Given<Delegation>(Fujian).When(new EnrolDelegation(Fujian with { Section = "west" }).Decide, at: Noon).ThenRefused("delegation.enrolled");
}
