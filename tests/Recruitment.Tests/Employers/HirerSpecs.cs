using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Employers;
using static Expo.Recruitment.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Recruitment.Tests.Employers;

public sealed class HirerSpecs
{
    private static readonly ApproveAgency Approve = new(Acme, Agency, [HrAgencyKind.Headhunter]);
    private static readonly BindEmployer Bind = new(Agency, "EMP-77", Acme);
    private static readonly EmployerBound Bound = new(EmployerReference.IdOf(Agency, "EMP-77"), Agency, "EMP-77", Acme);

    [Fact, Requirement("J-15", "X-25")]
    public void An_employer_approves_an_agency_once() =>
        Given<HirerRelationship>().When(Approve.Decide, at: Noon).Then(Approved).AndAgainNothing();

    [Fact, Requirement("X-25")]
    public void An_employer_changes_what_the_agency_may_do() =>
        Given<HirerRelationship>(Approved).When((Approve with { Kinds = [HrAgencyKind.Outsourcing] }).Decide, at: Noon)
            .Then(Approved with { Kinds = [HrAgencyKind.Outsourcing] }).AndAgainNothing();

    [Fact, Requirement("J-15")]
    public void Only_a_verified_organisation_approves_and_only_a_verified_agency_is_approved()
    {
        Given<HirerRelationship>().When((Approve with { EmployerId = null }).Decide, at: Noon).ThenRefused("organisation.not_verified");
        Given<HirerRelationship>().When((Approve with { AgencyId = null }).Decide, at: Noon).ThenRefused("agency.unknown");
    }

    [Fact, Requirement("J-15")]
    public void An_employer_revokes_an_agency_once_and_may_approve_it_again()
    {
        Given<HirerRelationship>(Approved).When(new RevokeAgency().Decide, at: Noon).Then(Revoked).AndAgainNothing();
        Given<HirerRelationship>(Approved, Revoked).When(Approve.Decide, at: Noon).Then(Approved);
    }

    [Fact, Requirement("J-15")]
    public void An_agency_that_was_never_approved_cannot_be_revoked() =>
        Given<HirerRelationship>().When(new RevokeAgency().Decide, at: Noon).ThenRefused("agency.unknown");

    [Fact, Requirement("J-15")]
    public void An_agency_names_an_employer_once() =>
        Given<EmployerReference>().When(Bind.Decide, at: Noon).Then(Bound).AndAgainNothing();

    [Fact, Requirement("J-15")]
    public void A_name_never_comes_to_mean_another_employer() =>
        Given<EmployerReference>(Bound).When((Bind with { EmployerId = Guid.CreateVersion7() }).Decide, at: Noon).ThenRefused("employer.ref_bound");

    [Fact, Requirement("J-15")]
    public void An_employer_that_did_not_approve_the_agency_is_unknown() =>
        Given<EmployerReference>().When((Bind with { EmployerId = null }).Decide, at: Noon).ThenRefused("employer.unknown");
}
