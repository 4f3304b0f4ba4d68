using Expo.Kernel;
using Expo.Kernel.Personal;

namespace Expo.Registration.People;

/// <summary>A person's name as a guard's screen shows it.</summary>
public sealed record HolderName(string? Zh, string? En);

/// <summary>What other streams of this service need to know of people.</summary>
public sealed class PeopleDirectory(Streams streams, PersonalData personal)
{
    /// <summary>The answer when there is no such person, or not for this caller.</summary>
    public static Refusal Unknown => Person.Unknown;

    /// <summary>The organisation that added the person, if there is such a person.</summary>
    public async Task<Guid?> OrganisationOf(Guid personId, CancellationToken ct) => (await streams.Read<Person>(personId, ct)).State?.OrganisationId;

    /// <summary>The person's name, unless they were erased.</summary>
    public async Task<HolderName?> NameOf(Guid personId, CancellationToken ct) =>
        await personal.Read<PersonDetails>(personId, ct) is { } details ? new HolderName(details.NameZh, details.NameEn) : null;
}
