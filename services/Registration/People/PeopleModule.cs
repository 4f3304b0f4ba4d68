using Expo.Kernel;

namespace Expo.Registration.People;

/// <summary>People who need a pass.</summary>
public static class PeopleModule
{
    /// <summary>What is stored.</summary>
    public static EventStoreBuilder AddPeople(this EventStoreBuilder store)
    {
        store.Services.AddScoped<PeopleDirectory>();
        return store.Stream<Person>()
            .Event<PersonAdded>("person_added")
            .Marten(marten => marten.Schema.For<Person>().Duplicate(person => person.OrganisationId));
    }

    /// <summary>What is served.</summary>
    public static void MapPeople(this RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People");
        AddPersonEndpoint.Map(people);
        PersonCardEndpoints.Map(people);
        people.MapHistory<Person>("GetPersonHistory", Person.Unknown, PersonCardEndpoints.MayRead);
    }
}
