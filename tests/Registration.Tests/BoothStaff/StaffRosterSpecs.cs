using Expo.Registration.BoothStaff;
using Expo.ServiceDefaults;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.BoothStaff;

public sealed class StaffRosterSpecs
{
    private const string Edition = "ciep_2027";
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Acme = Guid.CreateVersion7(), Booth = Guid.CreateVersion7(), Application = Guid.CreateVersion7();
    private static readonly Guid A = Guid.CreateVersion7(), B = Guid.CreateVersion7(), C = Guid.CreateVersion7();
    private static readonly Guid Id = StaffRoster.IdOf(Edition, Acme);

    [Fact]
    public void Before_the_first_booth_people_are_named_and_wait() =>
        Given<StaffRoster>().When(Name(A).Decide, at: Noon).Then(Named(A)).AndAgainNothing();

    [Fact]
    [Requirement("R-04")]
    public void A_booth_gives_its_places_to_those_named_first() =>
        Given<StaffRoster>(Named(A), Named(B), Named(C))
            .When(Count(places: 2).Decide, at: Noon)
            .Then(Counted(2), Place(A), Place(B))
            .AndAgainNothing();

    [Fact]
    public void A_second_booth_serves_those_who_still_wait() =>
        Given<StaffRoster>(Named(A), Named(B), Named(C), Counted(2), Place(A), Place(B))
            .When(new CountBooth(Edition, Acme, C, Booth, 2).Decide, at: Noon)
            .Then(new BoothCounted(Id, Edition, Acme, C, Booth, 2), Place(C))
            .AndAgainNothing();

    [Fact]
    public void A_person_named_later_gets_a_place_while_there_is_one() =>
        Given<StaffRoster>(Named(A), Counted(2), Place(A)).When(Name(B).Decide, at: Noon).Then(Named(B), Place(B)).AndAgainNothing();

    [Fact]
    [Requirement("R-04")]
    public void When_all_places_are_taken_nobody_else_is_named() =>
        Given<StaffRoster>(Named(A), Counted(1), Place(A)).When(Name(B).Decide, at: Noon).ThenRefused("pass.quota_reached");

    [Fact]
    public void A_booth_in_an_edition_nobody_announced_is_not_counted() =>
        Given<StaffRoster>().When(Count(places: null).Decide, at: Noon).ThenRefused("edition.unknown");

    private static NameBoothStaff Name(Guid person) => new(Edition, Acme, person);

    private static CountBooth Count(int? places) => new(Edition, Acme, Application, Booth, places);

    private static StaffNamed Named(Guid person) => new(Id, Edition, Acme, person);

    private static PassPlaceTaken Place(Guid person) => new(Id, Edition, Acme, person);

    private static BoothCounted Counted(int places) => new(Id, Edition, Acme, Application, Booth, places);
}
