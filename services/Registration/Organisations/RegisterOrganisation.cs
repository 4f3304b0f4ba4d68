using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Organisations;

/// <summary>The organisation that an account registers.</summary>
public sealed record RegisterOrganisationRequest(
    [Needed, TextUpTo(200)] Text Name, [Needed, LengthUpTo(50)] string RegistrationNumber, [Needed] OrganisationKind? Kind,
    [LengthUpTo(2, MinimumLength = 2)] string? Country, [LengthUpTo(2, MinimumLength = 2)] string? Province);

/// <summary>Register an organisation under a number that is free; its id derives from country and number.</summary>
/// <param name="Country">Where it is registered.</param>
/// <param name="Number">Its number there, normalised.</param>
/// <param name="Profile">What else is known of it.</param>
/// <param name="Account">The account that registers it.</param>
/// <param name="MemberOf">The organisation that the account acts for already, if any.</param>
public sealed record RegisterOrganisation(string Country, string Number, Profile Profile, Guid Account, Guid? MemberOf)
{
    /// <summary>The same account with the same profile gets the same answer; for everybody else the number is taken.</summary>
    public Decision<OrganisationEvent> Decide(Organisation organisation, DateTimeOffset now)
    {
        var id = RegistrationNumber.OrganisationId(Country, Number);
        return organisation switch
        {
            _ when MemberOf is { } other && other != id => Refusal.Conflict(
                "account.has_organisation", "该账号已登记了另一个单位。", "This account has registered another organisation."),
            { Profile: null } when ProfileRules.Check(Country, Profile) is { } why => why,
            { Profile: null } when !RegistrationNumber.IsValid(Country, Number) => Refusal.Rule(
                "organisation.number_invalid", "统一社会信用代码不正确。", "This is not a valid registration number."),
            { Profile: null } => new OrganisationRegistered(id, Country, Number, Profile, Account),
            _ when organisation.Administrator == Account && organisation.Profile == Profile => Decision<OrganisationEvent>.Nothing,
            _ when organisation.Administrator == Account => Refusal.Conflict(
                "organisation.registered", "该单位已登记；请修改其资料。", "You have registered it already; change its profile instead."),
            _ => Refusal.Conflict("organisation.number_taken", "该登记号已被其他账号登记。", "Another account has registered this number."),
        };
    }
}

internal static class RegisterOrganisationEndpoint
{
    public static void Map(RouteGroupBuilder organisations) => organisations
        .MapPost("", Handle)
        .RequireAuthorization()
        .Fulfils("R-09", "X-21")
        .WithName(nameof(RegisterOrganisation))
        .WithSummary("Register your organisation; your next token acts for it");

    private static async Task<Results<Created<OrganisationDetails>, ProblemHttpResult>> Handle(
        RegisterOrganisationRequest body, Caller caller, Memberships memberships, Streams streams, CancellationToken ct)
    {
        var country = body.Country ?? Countries.Mainland;
        var number = RegistrationNumber.Normalise(body.RegistrationNumber);
        var profile = new Profile(body.Name, body.Kind!.Value, body.Province);
        var id = RegistrationNumber.OrganisationId(country, number);
        var command = new RegisterOrganisation(country, number, profile, caller.AccountId, await memberships.Of(caller.AccountId, ct));
        var registered = new Organisation().Evolve(new OrganisationRegistered(id, country, number, profile, caller.AccountId));
        return await streams.Decide<Organisation, OrganisationEvent>(
            id, command.Decide, new With { Reply = Reply.Created($"/api/registration/v1/organisations/{id}", OrganisationDetails.Of(registered)) }, ct)
            .CreatedOrProblem<OrganisationDetails>();
    }
}
