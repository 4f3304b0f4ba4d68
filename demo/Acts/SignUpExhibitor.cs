using System.Security.Cryptography;

namespace Expo.Demo.Acts;

/// <summary>The exhibitor of the story.</summary>
internal sealed record Exhibitor(Session Session, Guid OrganisationId);

/// <summary>An organisation signs up, registers its profile, and is verified; the other services hear of it.</summary>
internal static class SignUpExhibitor
{
    private const string NumberAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public static async Task<Exhibitor> Play(Stage stage, CancellationToken ct)
    {
        stage.Narrator.Act("参展单位", "The exhibitor");
        var (session, account) = await stage.SignUp("exhibitor", "organisation", ct);
        await session.SignIn(ct);
        var profile = new
        {
            name = new { zh = $"测试科技公司{stage.Run}", en = $"Test Technology {stage.Run}" },
            registrationNumber = InventedNumber(),
            kind = "enterprise",
            country = "CN",
            province = "44",
        };
        var organisation = (await session.Post("/api/registration/v1/organisations", profile, ct)).As<Organisation>();
        stage.Narrator.Step("An organisation signed up", ("account", account), ("organisation", organisation.Id));
        stage.Remember("registration", "organisation", $"organisations/{organisation.Id}");

        (await stage.Committee.Post($"/api/registration/v1/organisations/{organisation.Id}/verification", null, ct)).OrFail();
        stage.Narrator.Step("The committee verified it", ("organisation", organisation.Id));

        // The organisation stands in the next token.
        await session.SignIn(ct);
        return new Exhibitor(session, organisation.Id);
    }

    // Shaped as GB 32100 wants it, for a region 000000 that does not exist.
    private static string InventedNumber()
    {
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        var number = $"91000000{RandomNumberGenerator.GetString(NumberAlphabet, 9)}";
        var sum = number.Select((c, i) => NumberAlphabet.IndexOf(c, StringComparison.Ordinal) * weights[i]).Sum();
        return number + NumberAlphabet[(31 - (sum % 31)) % 31];
    }

    private sealed record Organisation(Guid Id);
}
