using System.Security.Cryptography;

namespace Expo.Demo.Acts;

/// <summary>An organisation of the story, and who acts for it.</summary>
internal sealed record Organisation(Session Session, Guid Id);

/// <summary>An organisation signs up, registers its profile, and is verified; the other services hear of it.</summary>
internal static class SignUpOrganisation
{
    private const string NumberAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <param name="stage">The stage.</param>
    /// <param name="role">Its part in the story.</param>
    /// <param name="zh">Its name; this run's mark follows.</param>
    /// <param name="en">Its English name.</param>
    /// <param name="kind">What it is .</param>
    /// <param name="country">Where it is registered.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Organisation> Play(
        Stage stage, string role, string zh, string en, string kind, CancellationToken ct, string country = "CN")
    {
        var (session, account) = await stage.SignUp(role, "organisation", ct);
        await session.SignIn(ct);
        var mainland = country == "CN";
        var profile = new
        {
            name = new { zh = $"{zh}{stage.Run}", en = $"{en} {stage.Run}" },
            registrationNumber = mainland ? InventedNumber() : $"DEMO {stage.Run}",
            kind,
            country,
            province = mainland ? "44" : null,
        };
        var organisation = (await session.Post("/api/registration/v1/organisations", profile, ct)).As<Registered>();
        stage.Narrator.Step($"{en} signed up", ("account", account), ("organisation", organisation.Id));
        stage.Remember("registration", $"organisation of the {role}", $"organisations/{organisation.Id}");

        (await stage.Committee.Post($"/api/registration/v1/organisations/{organisation.Id}/verification", null, ct)).OrFail();
        stage.Narrator.Step("The committee verified it", ("organisation", organisation.Id));

        // The organisation stands in the next token.
        await session.SignIn(ct);
        return new Organisation(session, organisation.Id);
    }

    // Shaped as GB 32100 wants it, for a region 000000 that does not exist.
    private static string InventedNumber()
    {
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        var number = $"91000000{RandomNumberGenerator.GetString(NumberAlphabet, 9)}";
        var sum = number.Select((c, i) => NumberAlphabet.IndexOf(c, StringComparison.Ordinal) * weights[i]).Sum();
        return number + NumberAlphabet[(31 - (sum % 31)) % 31];
    }

    private sealed record Registered(Guid Id);
}
