namespace Expo.Registration.People;

// These names and shapes are what is stored. Add freely; never rename or retype. Nothing personal is ever in them.

/// <summary>Something that happened to a person's record.</summary>
public abstract record PersonEvent;

/// <summary>An organisation added one of its people.</summary>
public sealed record PersonAdded(Guid PersonId, Guid OrganisationId) : PersonEvent;
