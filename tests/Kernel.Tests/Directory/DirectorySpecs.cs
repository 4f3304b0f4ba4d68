using Expo.Contracts.Registration;
using Expo.Kernel.Directory;
using Expo.Kernel.Vocabulary;
using static Expo.TestKit.Spec;

namespace Expo.Kernel.Tests.Directory;

/// <summary>What a service makes of what Registration tells.</summary>
public sealed class DirectorySpecs
{
    private static readonly DateTimeOffset Noon = new(2023, 3, 1, 4, 0, 0, TimeSpan.Zero);
    private static readonly Guid Edition = KnownEdition.IdOf("ciep_2023");
    private static readonly EditionDeadline Application = new("booth_application", new DateOnly(2023, 3, 31), "soft");
    private static readonly EditionAnnounced Announced = new(
        "ciep_2023", 21, 2023, "hybrid", "第二十一届", "21st", [new DateOnly(2023, 4, 15)], [new DateOnly(2023, 4, 14)], [new DateOnly(2023, 4, 13)], [Application]);

    private static readonly EditionHeard Heard = new(
        Edition, "ciep_2023", 21, 2023, DeliveryMode.Hybrid, new Text("第二十一届", "21st"), [new DateOnly(2023, 4, 15)], [new DateOnly(2023, 4, 14)], [new DateOnly(2023, 4, 13)],
        [new Deadline("booth_application", new DateOnly(2023, 3, 31), RuleKind.Soft)], 1);

    private static readonly OrganisationVerified Verified = new(Guid.CreateVersion7(), "样本机构", "Sample", "exhibitor", "CN", "广东");

    [Fact]
    public void An_announced_edition_is_kept() =>
        Given<KnownEdition>().When(new KeepEdition(Announced, 1).Decide, at: Noon).Then(Heard).AndAgainNothing();

    [Fact]
    public void An_older_announcement_changes_nothing() =>
        Given<KnownEdition>(Heard with { SourceVersion = 5 }).When(new KeepEdition(Announced, 1).Decide, at: Noon).AndAgainNothing();

    [Fact]
    public void A_moved_deadline_is_kept()
    {
        var moved = new DeadlineMoved("ciep_2023", Application with { Date = new DateOnly(2023, 4, 5) });
        Given<KnownEdition>(Heard).When(new KeepDeadline(moved, 2).Decide, at: Noon)
            .Then(new DeadlineHeard(Edition, "ciep_2023", new Deadline("booth_application", new DateOnly(2023, 4, 5), RuleKind.Soft), 2))
            .AndAgainNothing();
    }

    [Fact]
    public void A_deadline_moved_before_the_edition_was_heard_of_outlives_the_announcement()
    {
        var moved = new Deadline("booth_application", new DateOnly(2023, 4, 5), RuleKind.Soft);
        var edition = new KnownEdition().Evolve(new DeadlineHeard(Edition, "ciep_2023", moved, 2)).Evolve(Heard);
        Assert.Equal(moved, edition.DeadlineOf("booth_application"));
    }

    [Fact]
    public void An_older_move_changes_nothing() =>
        Given<KnownEdition>(Heard, new DeadlineHeard(Edition, "ciep_2023", new Deadline("booth_application", new DateOnly(2023, 4, 5), RuleKind.Soft), 9))
            .When(new KeepDeadline(new DeadlineMoved("ciep_2023", Application), 8).Decide, at: Noon)
            .AndAgainNothing();

    [Fact]
    public void A_verified_organisation_is_kept() =>
        Given<KnownOrganisation>().When(new KeepOrganisation(Verified, 3).Decide, at: Noon)
            .Then(new OrganisationHeard(Verified.OrganisationId, new Text("样本机构", "Sample"), "exhibitor", "CN", "广东", 3))
            .AndAgainNothing();

    [Fact]
    public void An_older_verification_changes_nothing() =>
        Given<KnownOrganisation>(new OrganisationHeard(Verified.OrganisationId, new Text("新名"), "exhibitor", "CN", null, 4))
            .When(new KeepOrganisation(Verified, 3).Decide, at: Noon)
            .AndAgainNothing();
}
