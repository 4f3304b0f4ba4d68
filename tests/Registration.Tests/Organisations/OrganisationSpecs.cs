using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Registration.Organisations;
using Expo.ServiceDefaults;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.Organisations;

public sealed class OrganisationSpecs
{
    private const string Number = "91350100M000100Y43";
    private static readonly Guid Id = RegistrationNumber.OrganisationId("CN", Number);
    private static readonly Guid Mei = Guid.CreateVersion7(), Lin = Guid.CreateVersion7(), Officer = Guid.CreateVersion7();
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Profile Profile = new(new Text("某某科技公司", "Some Technology"), OrganisationKind.Enterprise, "35");
    private static readonly Profile Renamed = Profile with { Name = new Text("某某智能公司") };
    private static readonly OrganisationRegistered Registered = new(Id, "CN", Number, Profile, Mei);
    private static readonly OrganisationVerified Verified = new(Id, "CN", Profile, Officer);
    private static readonly OrganisationReturned Returned = new(Id, "licence name differs", Officer);

    [Fact]
    [Requirement("R-09", "X-21")]
    public void An_organisation_is_registered_once() =>
        Given<Organisation>().When(Register(Mei).Decide, at: Noon).Then(Registered).AndAgainNothing();

    [Fact]
    [Requirement("R-09")]
    public void A_number_that_is_taken_is_refused() =>
        Given<Organisation>(Registered).When(Register(Lin).Decide, at: Noon).ThenRefused("organisation.number_taken");

    [Fact]
    public void An_account_registers_one_organisation() =>
        Given<Organisation>()
            .When((Register(Mei) with { MemberOf = Guid.CreateVersion7() }).Decide, at: Noon)
            .ThenRefused("account.has_organisation");

    [Fact]
    [Requirement("R-09", "X-21")]
    public void Registering_again_with_another_profile_is_refused() =>
        Given<Organisation>(Registered).When((Register(Mei) with { Profile = Renamed }).Decide, at: Noon).ThenRefused("organisation.registered");

    [Theory]
    [InlineData("CN", Number, "35", null)]
    [InlineData("CN", "91350100M000100Y4Z", "35", "organisation.number_invalid")]
    [InlineData("CN", "91350100M000100Y44", "35", "organisation.number_invalid")]
    [InlineData("CN", "913501", "35", "organisation.number_invalid")]
    [InlineData("CN", Number, null, "organisation.province_invalid")]
    [InlineData("CN", Number, "99", "organisation.province_invalid")]
    [InlineData("HK", "12345", null, null)]
    [InlineData("HK", "12345", "44", "organisation.province_invalid")]
    [InlineData("XX", "12345", null, "organisation.country_unknown")]
    [Requirement("R-09")]
    public void Number_country_and_province_go_together(string country, string number, string? province, string? refused)
    {
        var profile = Profile with { Province = province };
        var asked = Given<Organisation>().When(new RegisterOrganisation(country, number, profile, Mei, null).Decide, at: Noon);
        if (refused is null)
            asked.Then(new OrganisationRegistered(RegistrationNumber.OrganisationId(country, number), country, number, profile, Mei)).AndAgainNothing();
        else
            asked.ThenRefused(refused);
    }

    [Fact]
    public void A_number_has_one_spelling() => Assert.Equal(Number, RegistrationNumber.Normalise(" ９１350100 m000100y43"));

    [Fact]
    [Requirement("R-09")]
    public void A_profile_is_verified_once() =>
        Given<Organisation>(Registered).When(new VerifyOrganisation(Officer).Decide, at: Noon).Then(Verified).AndAgainNothing();

    [Fact]
    public void A_profile_is_returned_once_with_the_reason() =>
        Given<Organisation>(Registered).When(new ReturnOrganisation(Returned.Reason, Officer).Decide, at: Noon).Then(Returned).AndAgainNothing();

    [Fact]
    [Requirement("R-09")]
    public void A_returned_profile_has_to_be_changed_before_it_is_verified() =>
        Given<Organisation>(Registered, Returned).When(new VerifyOrganisation(Officer).Decide, at: Noon).ThenRefused("organisation.returned");

    [Fact]
    public void A_verified_profile_is_not_returned() =>
        Given<Organisation>(Registered, Verified).When(new ReturnOrganisation("late thought", Officer).Decide, at: Noon).ThenRefused("organisation.verified");

    [Fact]
    public void A_changed_profile_is_verified_again() =>
        Given<Organisation>(Registered, Verified, new OrganisationProfileChanged(Id, Renamed))
            .When(new VerifyOrganisation(Officer).Decide, at: Noon)
            .Then(Verified with { Profile = Renamed })
            .AndAgainNothing();

    [Fact]
    [Requirement("R-09")]
    public void Who_acts_for_it_changes_the_profile() =>
        Given<Organisation>(Registered, Verified)
            .When(new ChangeProfile(Renamed, new Caller(Lin, Id, [])).Decide, at: Noon)
            .Then(new OrganisationProfileChanged(Id, Renamed))
            .AndAgainNothing();

    [Fact]
    [Requirement("R-09")]
    public void A_changed_profile_keeps_the_rules() =>
        Given<Organisation>(Registered)
            .When(new ChangeProfile(Profile with { Province = null }, new Caller(Mei, null, [])).Decide, at: Noon)
            .ThenRefused("organisation.province_invalid");

    [Fact]
    [Requirement("R-09")]
    public void For_others_it_does_not_exist() =>
        Given<Organisation>(Registered).When(new ChangeProfile(Renamed, new Caller(Lin, null, [])).Decide, at: Noon).ThenRefused("organisation.unknown");

    [Fact]
    public void An_unknown_organisation_is_neither_verified_nor_returned()
    {
        Given<Organisation>().When(new VerifyOrganisation(Officer).Decide, at: Noon).ThenRefused("organisation.unknown");
        Given<Organisation>().When(new ReturnOrganisation("why", Officer).Decide, at: Noon).ThenRefused("organisation.unknown");
    }

    [Fact]
    public void The_platform_is_told_of_a_verification() => Assert.Equal(
        new Contracts.Registration.OrganisationVerified(Id, "某某科技公司", "Some Technology", "enterprise", "CN", "35"),
        OrganisationMessages.Translate(Verified));

    private static RegisterOrganisation Register(Guid account) => new("CN", Number, Profile, account, null);
}
