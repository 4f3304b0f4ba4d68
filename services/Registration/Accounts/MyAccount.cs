using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Accounts;

/// <summary>An account as its owner sees it; the user name is missing when the person was erased.</summary>
public sealed record MyAccount(Guid Id, string? Username, RegistrantKind RegistrantKind, IReadOnlyList<string> Roles, Guid? OrganisationId);

internal static class MyAccountEndpoint
{
    public static void Map(RouteGroupBuilder accounts) => accounts
        .MapGet("/me", Handle)
        .RequireAuthorization()
        .Fulfils("R-01", "R-02")
        .WithName("GetMyAccount")
        .WithSummary("Your account with its roles and organisation, as the next token will carry them");

    private static async Task<Results<Ok<MyAccount>, ProblemHttpResult>> Handle(
        Caller caller, Rights rights, PersonalData people, HttpResponse response, CancellationToken ct)
    {
        if (await rights.Of(caller.AccountId, ct) is not { } mine)
            return Account.Unknown.ToProblem();

        response.Headers.CacheControl = "no-store";
        var credentials = await people.Read<Credentials>(caller.AccountId, ct);
        return TypedResults.Ok(new MyAccount(caller.AccountId, credentials?.UserName, mine.RegistrantKind, mine.Roles, mine.OrganisationId));
    }
}
