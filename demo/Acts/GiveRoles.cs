namespace Expo.Demo.Acts;

/// <summary>Two colleagues of the committee.</summary>
internal sealed record Colleagues(Session Finance, Session Gate);

/// <summary>Two people sign up, and the committee makes one its finance officer and one gate staff.</summary>
internal static class GiveRoles
{
    public static async Task<Colleagues> Play(Stage stage, CancellationToken ct)
    {
        stage.Narrator.Act("组委会分工", "The committee's people");
        return new Colleagues(
            await Give(stage, "finance", "committee_finance", ct),
            await Give(stage, "gate", "gate_staff", ct));
    }

    /// <summary>Somebody signs up and gets a role.</summary>
    public static async Task<Session> Give(Stage stage, string name, string role, CancellationToken ct)
    {
        var (session, account) = await stage.SignUp(name, "individual", ct);
        (await stage.Committee.Put($"/api/registration/v1/accounts/{account}/roles/{role}", null, ct)).OrFail();
        await session.SignIn(ct);
        stage.Narrator.Step($"The committee gave {role} to an account", ("account", account));
        stage.Remember("registration", $"account of {name}", $"accounts/{account}");
        return session;
    }
}
