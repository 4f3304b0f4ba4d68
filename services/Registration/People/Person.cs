using Expo.Kernel;

namespace Expo.Registration.People;

/// <summary>Somebody who needs a pass: by id only, the rest is personal data.</summary>
public sealed record Person(Guid Id, Guid OrganisationId) : IState<Person>
{
    /// <summary>The answer when there is no such person, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("person.unknown", "没有这个人员。", "There is no such person.");

    /// <summary>Nobody.</summary>
    public Person()
        : this(Guid.Empty, Guid.Empty)
    {
    }

    /// <inheritdoc />
    public Person Evolve(object @event) => @event switch
    {
        PersonAdded e => new(e.PersonId, e.OrganisationId),
        _ => this,
    };
}

/// <summary>A person's name and how to reach them; a personal row outside the events.</summary>
public sealed record PersonDetails(string? NameZh, string? NameEn, string? Phone, string? Email, string? Title);
