using Expo.Registration.Passes;
using Expo.ServiceDefaults;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.Passes;

public sealed class PassSpecs
{
    private static readonly DateTimeOffset Noon = new(2027, 4, 15, 4, 0, 0, TimeSpan.Zero), Ends = new(2027, 4, 16, 16, 0, 0, TimeSpan.Zero);
    private static readonly Guid Acme = Guid.CreateVersion7(), Admin = Guid.CreateVersion7(), Officer = Guid.CreateVersion7(), Guard = Guid.CreateVersion7();
    private static readonly Guid Scan = Guid.CreateVersion7();
    private static readonly PassWanted Wanted = new("ciep_2027", Acme, Guid.CreateVersion7());
    private static readonly Guid Id = Wanted.PassId;
    private static readonly PassIssued Issued = new(Id, "ciep_2027", Acme, Wanted.PersonId, Ends);
    private static readonly PassActivated Activated = new(Id, Admin);
    private static readonly PassRevoked Revoked = new(Id, "lost", Officer);
    private static readonly PassScanned Scanned = new(Id, Scan, "ciep_2027", "north", Guard);

    [Fact]
    public void A_pass_is_issued_once() =>
        Given<Pass>().When(new IssuePass(Wanted, Ends).Decide, at: Noon).Then(Issued).AndAgainNothing();

    [Fact]
    public void A_pass_for_an_edition_nobody_announced_is_not_issued() =>
        Given<Pass>().When(new IssuePass(Wanted, null).Decide, at: Noon).ThenRefused("edition.unknown");

    [Fact]
    [Requirement("R-04")]
    public void The_exhibitor_activates_a_pass_once() =>
        Given<Pass>(Issued).When(new ActivatePass(Acme, Admin).Decide, at: Noon).Then(Activated).AndAgainNothing();

    [Fact]
    [Requirement("R-04")]
    public void For_another_exhibitor_there_is_no_such_pass() =>
        Given<Pass>(Issued).When(new ActivatePass(Guid.CreateVersion7(), Admin).Decide, at: Noon).ThenRefused("pass.unknown");

    [Fact]
    public void Without_an_organisation_there_is_no_such_pass() =>
        Given<Pass>().When(new ActivatePass(null, Admin).Decide, at: Noon).ThenRefused("pass.unknown");

    [Fact]
    [Requirement("R-04")]
    public void A_revoked_pass_is_not_activated() =>
        Given<Pass>(Issued, Revoked).When(new ActivatePass(Acme, Admin).Decide, at: Noon).ThenRefused("pass.revoked");

    [Fact]
    [Requirement("R-04")]
    public void A_pass_is_revoked_once() =>
        Given<Pass>(Issued, Activated).When(new RevokePass("lost", Officer).Decide, at: Noon).Then(Revoked).AndAgainNothing();

    [Fact]
    public void An_unknown_pass_is_not_revoked() =>
        Given<Pass>().When(new RevokePass("lost", Officer).Decide, at: Noon).ThenRefused("pass.unknown");

    [Fact]
    [Requirement("R-16")]
    public void The_holder_of_an_active_pass_is_admitted() =>
        Given<Pass>(Issued, Activated).When(At("ciep_2027").Decide, at: Ends.AddTicks(-1)).Then(Scanned, new HolderAdmitted(Id, Scan)).AndAgainNothing();

    [Fact]
    [Requirement("R-16")]
    public void A_holder_may_come_again() =>
        Given<Pass>(Issued, Activated, Scanned, new HolderAdmitted(Id, Scan))
            .When(new CheckIn(Guard, "ciep_2027", "north", Guard).Decide, at: Noon)
            .Then(Scanned with { CheckInId = Guard }, new HolderAdmitted(Id, Guard))
            .AndAgainNothing();

    [Fact]
    [Requirement("R-16")]
    public void A_revoked_pass_is_refused_and_the_scan_is_kept_once() => Refused("pass.revoked", EntryRefusal.Revoked, At("ciep_2027"), Noon, Issued, Activated, Revoked);

    [Fact]
    [Requirement("R-16")]
    public void A_pass_that_was_not_handed_out_is_refused() => Refused("pass.not_active", EntryRefusal.NotActive, At("ciep_2027"), Noon, Issued);

    [Fact]
    [Requirement("R-16")]
    public void A_pass_is_refused_when_the_edition_is_over() => Refused("pass.expired", EntryRefusal.Expired, At("ciep_2027"), Ends, Issued, Activated);

    [Fact]
    [Requirement("R-16")]
    public void A_pass_for_another_edition_is_refused() => Refused("pass.wrong_edition", EntryRefusal.WrongEdition, At("ciep_2028"), Noon, Issued, Activated);

    [Fact]
    public void A_pass_that_was_never_issued_is_refused_without_a_trace() =>
        Given<Pass>().When(At("ciep_2027").Decide, at: Noon).ThenRefused("pass.unknown");

    private static CheckIn At(string edition) => new(Scan, edition, "north", Guard);

    private static void Refused(string code, EntryRefusal reason, CheckIn checkIn, DateTimeOffset at, params object[] history) =>
        Given<Pass>(history)
            .When(checkIn.Decide, at)
            .ThenRefused(code, Scanned with { EditionCode = checkIn.EditionCode }, new HolderRefused(Id, Scan, reason))
            .ThenRefused(code);
}
