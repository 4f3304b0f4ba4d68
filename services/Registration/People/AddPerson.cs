using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.People;

/// <summary>One of your organisation's people: a name in Chinese or in Latin letters, and how to reach them.</summary>
public sealed record AddPersonRequest(
    [LengthUpTo(100)] string? NameZh,
    [LengthUpTo(100)] string? NameEn,
    [LengthUpTo(30), RegularExpression(@"^\+?[0-9][0-9 \-]{4,28}$", ErrorMessage = "A telephone number has digits, spaces and hyphens, and may begin with a plus.")] string? Phone,
    [LengthUpTo(254), RegularExpression(@"^[^@\s]+@[^@\s]+$", ErrorMessage = "This is not an e-mail address.")] string? Email,
    [LengthUpTo(100)] string? Title) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        string.IsNullOrWhiteSpace(NameZh) && string.IsNullOrWhiteSpace(NameEn) ? [new ValidationResult("field.required", [nameof(NameZh)])] : [];
}

/// <summary>The new person's id.</summary>
public sealed record AddedPerson(Guid PersonId);

/// <summary>Add one of an organisation's people.</summary>
public sealed record AddPerson(Guid PersonId, Guid OrganisationId)
{
    /// <summary>The person's id is new, so they can only be there because this added them.</summary>
    public Decision<PersonEvent> Decide(Person person, DateTimeOffset now) => person.Id == Guid.Empty
        ? new PersonAdded(PersonId, OrganisationId)
        : Decision<PersonEvent>.Nothing;
}

internal static class AddPersonEndpoint
{
    private static readonly Refusal NoOrganisation = Refusal.Forbidden(
        "organisation.required", "请先登记单位并重新登录。", "Register your organisation first, then get a new token.");

    public static void Map(RouteGroupBuilder people) => people
        .MapPost("", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(AddPerson))
        .WithSummary("Add one of your organisation's people");

    private static async Task<Results<Created<AddedPerson>, ProblemHttpResult>> Handle(
        AddPersonRequest body, Caller caller, Streams streams, CancellationToken ct)
    {
        if (caller.OrganisationId is not { } organisation)
            return NoOrganisation.ToProblem();

        var command = new AddPerson(Guid.CreateVersion7(), organisation);
        return await streams.Decide<Person, PersonEvent>(command.PersonId, command.Decide, new With
        {
            Personal = [new PersonalCard(command.PersonId, new PersonDetails(body.NameZh, body.NameEn, body.Phone, body.Email, body.Title))],
            Reply = Reply.Created($"/api/registration/v1/people/{command.PersonId}", new AddedPerson(command.PersonId)),
        }, ct).CreatedOrProblem<AddedPerson>();
    }
}
