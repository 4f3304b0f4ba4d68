using Expo.Registration.People;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.People;

public sealed class AddPersonSpecs
{
    [Fact]
    public void A_person_is_added_once_and_only_as_an_id()
    {
        var (person, organisation) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Given<Person>()
            .When(new AddPerson(person, organisation).Decide, at: default)
            .Then(new PersonAdded(person, organisation))
            .AndAgainNothing();
    }
}
