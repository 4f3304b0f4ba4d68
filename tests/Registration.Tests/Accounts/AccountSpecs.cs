using Expo.Kernel.Http;
using Expo.Registration.Accounts;
using Expo.ServiceDefaults;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.Accounts;

public sealed class AccountSpecs
{
    private static readonly Guid Mei = Guid.CreateVersion7(), Officer = Guid.CreateVersion7();
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountSignedUp Signed = new(Mei, RegistrantKind.Individual);

    [Fact]
    [Requirement("R-01", "R-02")]
    public void A_free_name_opens_an_account() =>
        Given<Account>().When(new SignUp(Mei, RegistrantKind.Individual).Decide, at: Noon).Then(Signed);

    // Not idempotent on purpose: whoever asks again may be somebody else.
    [Fact]
    [Requirement("R-01", "R-02", "R-03")]
    public void A_name_that_is_taken_opens_none() =>
        Given<Account>(Signed).When(new SignUp(Mei, RegistrantKind.Individual).Decide, at: Noon).ThenRefused("account.username_taken");

    [Theory]
    [InlineData(Roles.CommitteeOfficer)]
    [InlineData(Roles.Operator)]
    public void A_first_account_is_opened_once_with_its_role(string role) =>
        Given<Account>()
            .When(new OpenFirstAccount(Officer, role).Decide, at: Noon)
            .Then(new AccountSignedUp(Officer, RegistrantKind.Organisation), new RoleGranted(Officer, role, null))
            .AndAgainNothing();

    [Fact]
    [Requirement("R-01")]
    public void A_role_is_granted_once() =>
        Given<Account>(Signed)
            .When(new GrantRole(Roles.GateStaff, Officer).Decide, at: Noon)
            .Then(new RoleGranted(Mei, Roles.GateStaff, Officer))
            .AndAgainNothing();

    [Fact]
    [Requirement("R-01")]
    public void A_role_that_nobody_knows_is_not_granted() =>
        Given<Account>(Signed).When(new GrantRole("emperor", Officer).Decide, at: Noon).ThenRefused("role.unknown");

    [Fact]
    public void An_unknown_account_gets_no_role() =>
        Given<Account>().When(new GrantRole(Roles.GateStaff, Officer).Decide, at: Noon).ThenRefused("account.unknown");

    [Fact]
    public void A_role_is_revoked_once() =>
        Given<Account>(Signed, new RoleGranted(Mei, Roles.GateStaff, Officer))
            .When(new RevokeRole(Roles.GateStaff, Officer).Decide, at: Noon)
            .Then(new RoleRevoked(Mei, Roles.GateStaff, Officer))
            .AndAgainNothing();

    [Fact]
    [Requirement("R-01")]
    public void An_officer_cannot_give_up_their_own_office() =>
        Given<Account>(new AccountSignedUp(Officer, RegistrantKind.Organisation), new RoleGranted(Officer, Roles.CommitteeOfficer, null))
            .When(new RevokeRole(Roles.CommitteeOfficer, Officer).Decide, at: Noon)
            .ThenRefused("role.own");

    [Fact]
    [Requirement("R-01")]
    public void Signing_out_everywhere_counts_once_for_all_who_ask_at_the_same_time() =>
        Given<Account>(Signed).When(new SignOutEverywhere(0).Decide, at: Noon).Then(new SignedOutEverywhere(Mei, 1)).AndAgainNothing();

    [Fact]
    [Requirement("R-01")]
    public void Later_it_counts_again() =>
        Given<Account>(Signed, new SignedOutEverywhere(Mei, 1)).When(new SignOutEverywhere(1).Decide, at: Noon).Then(new SignedOutEverywhere(Mei, 2)).AndAgainNothing();

    [Fact]
    public void Nobody_has_no_sessions_to_end() =>
        Given<Account>().When(new SignOutEverywhere(0).Decide, at: Noon).ThenRefused("account.unknown");

    [Theory]
    [InlineData("Committee", "committee")]
    [InlineData("ＣＯＭＭＩＴＴＥＥ", "committee")]
    [InlineData("深圳Expo２０２７", "深圳expo2027")]
    public void A_user_name_has_one_spelling(string typed, string counts)
    {
        Assert.Matches(UserName.Pattern, typed);
        Assert.Equal(counts, UserName.Normalise(typed));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("two words")]
    [InlineData("null\0byte")]
    [InlineData("ﬁles")]
    public void What_is_no_user_name_does_not_match(string typed) => Assert.DoesNotMatch(UserName.Pattern, typed);

    [Fact]
    public void Common_passwords_are_known_in_small_and_capital_letters()
    {
        Assert.True(CommonPasswords.Contains("Password123"));
        Assert.False(CommonPasswords.Contains("correct horse battery staple"));
    }
}
