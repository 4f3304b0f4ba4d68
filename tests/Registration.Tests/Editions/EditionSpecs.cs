using Expo.Kernel.Vocabulary;
using Expo.Registration.Editions;
using Expo.ServiceDefaults;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.Editions;

public sealed class EditionSpecs
{
    private static readonly Guid Officer = Guid.CreateVersion7();
    private static readonly Deadline Soft = new("booth_application", new DateOnly(2027, 3, 24), RuleKind.Soft);
    private static readonly Deadline Hard = new("outcome_return", new DateOnly(2027, 4, 10), RuleKind.Hard);

    // 24:00 in Shanghai on the last day of the hard deadline.
    private static readonly DateTimeOffset HardEnds = new(2027, 4, 10, 16, 0, 0, TimeSpan.Zero);

    private static EditionAnnounced Announced => new(
        Edition.IdOf("ciep_2027"), "ciep_2027", 25, 2027, DeliveryMode.Hybrid, Availability.YearRound, new Text("大会", "Expo"), null,
        [new DateOnly(2027, 4, 15)], [], [], [new Organiser(OrganiserRole.Host, new Text("主办单位"))], [Soft, Hard], 3);

    [Fact]
    [Requirement("E-01")]
    public void An_edition_is_announced_once() =>
        Given<Edition>()
            .When(new AnnounceEdition(Announced).Decide, at: HardEnds)
            .Then(Announced)
            .AndAgainNothing();

    [Fact]
    public void The_same_announcement_made_anew_is_no_news() =>
        Given<Edition>(Announced).When(new AnnounceEdition(Announced).Decide, at: HardEnds).Then();

    [Fact]
    [Requirement("E-02")]
    public void Another_theme_is_another_announcement() => Differs(Announced with { Theme = new Text("主题", "Theme") });

    [Fact]
    [Requirement("E-03")]
    public void Other_open_days_are_another_announcement() => Differs(Announced with { OpenDays = [new DateOnly(2027, 4, 16)] });

    [Fact]
    [Requirement("E-04")]
    public void Other_days_for_moving_in_are_another_announcement() => Differs(Announced with { MoveInDays = [new DateOnly(2027, 4, 13)] });

    [Fact]
    [Requirement("E-05")]
    public void Other_organisers_are_another_announcement() =>
        Differs(Announced with { Organisers = [new Organiser(OrganiserRole.Partner, new Text("合作单位"))] });

    [Fact]
    [Requirement("E-11")]
    public void Being_there_all_year_is_part_of_the_announcement() => Differs(Announced with { Availability = Availability.EditionOnly });

    [Fact]
    [Requirement("E-15")]
    public void Other_arrival_days_are_another_announcement() => Differs(Announced with { ArrivalDays = [new DateOnly(2027, 4, 14)] });

    [Fact]
    [Requirement("E-01")]
    public void Another_number_or_year_is_another_announcement()
    {
        Differs(Announced with { Number = 26 });
        Differs(Announced with { Year = 2028 });
    }

    [Fact]
    public void A_moved_deadline_does_not_make_the_first_announcement_another_one() =>
        Given<Edition>(Announced, Moved(Soft, new DateOnly(2027, 3, 31)))
            .When(new AnnounceEdition(Announced).Decide, at: HardEnds)
            .Then();

    [Fact]
    [Requirement("E-14")]
    public void A_deadline_given_twice_is_refused() =>
        Given<Edition>()
            .When(new AnnounceEdition(Announced with { Deadlines = [Soft, Soft] }).Decide, at: HardEnds)
            .ThenRefused("edition.deadline_repeated");

    [Fact]
    [Requirement("E-14")]
    public void A_deadline_is_moved_with_its_reason() =>
        Given<Edition>(Announced)
            .When(Move(Hard, new DateOnly(2027, 4, 12)).Decide, at: HardEnds.AddTicks(-1))
            .Then(Moved(Hard, new DateOnly(2027, 4, 12)))
            .AndAgainNothing();

    [Fact]
    [Requirement("E-14")]
    public void A_hard_deadline_that_has_passed_stays() =>
        Given<Edition>(Announced).When(Move(Hard, new DateOnly(2027, 4, 12)).Decide, at: HardEnds).ThenRefused("deadline.passed");

    [Fact]
    [Requirement("E-14")]
    public void A_soft_deadline_is_moved_even_after_it_has_passed() =>
        Given<Edition>(Announced)
            .When(Move(Soft, new DateOnly(2027, 4, 12)).Decide, at: HardEnds)
            .Then(Moved(Soft, new DateOnly(2027, 4, 12)))
            .AndAgainNothing();

    [Fact]
    public void An_unknown_deadline_cannot_be_moved() =>
        Given<Edition>(Announced)
            .When(Move(Soft with { Code = "lunch" }, new DateOnly(2027, 4, 12)).Decide, at: HardEnds)
            .ThenRefused("deadline.unknown");

    [Fact]
    public void Deadlines_of_an_unknown_edition_cannot_be_moved() =>
        Given<Edition>().When(Move(Soft, new DateOnly(2027, 4, 12)).Decide, at: HardEnds).ThenRefused("edition.unknown");

    [Fact]
    public void The_platform_is_told_of_announcements_and_moves()
    {
        var announced = Assert.IsType<Contracts.Registration.EditionAnnounced>(EditionMessages.Translate(Announced));
        Assert.Equal(("ciep_2027", 25, "hybrid", "大会", "Expo"), (announced.Code, announced.Number, announced.DeliveryMode, announced.NameZh, announced.NameEn));
        Assert.Equal([new("booth_application", Soft.Date, "soft"), new("outcome_return", Hard.Date, "hard")], announced.Deadlines);

        Assert.Equal(
            new Contracts.Registration.DeadlineMoved("ciep_2027", new("outcome_return", new DateOnly(2027, 4, 12), "hard")),
            EditionMessages.Translate(Moved(Hard, new DateOnly(2027, 4, 12))));
    }

    private static MoveDeadline Move(Deadline deadline, DateOnly to) => new(deadline.Code, to, "weather", Officer);

    private static DeadlineMoved Moved(Deadline deadline, DateOnly to) =>
        new(Edition.IdOf("ciep_2027"), "ciep_2027", deadline with { Date = to }, deadline.Date, "weather", Officer);

    // It can be announced like this, and not in place of what was announced before.
    private static void Differs(EditionAnnounced other)
    {
        Given<Edition>().When(new AnnounceEdition(other).Decide, at: HardEnds).Then(other).AndAgainNothing();
        Given<Edition>(Announced).When(new AnnounceEdition(other).Decide, at: HardEnds).ThenRefused("edition.announced");
    }
}
