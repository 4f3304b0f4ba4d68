using System.Net;
using Expo.Registration.Accounts;
using Expo.Registration.Editions;
using Expo.Registration.SigningKeys;
using Expo.TestKit;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.SigningKeys;

[Trait("needs", "postgres")]
public sealed class SigningKeysApiTests
{
    [Fact]
    public async Task Instances_that_start_together_share_keys_and_account_and_a_restart_keeps_tokens_and_sessions()
    {
        await using var database = await Database.CreateAsync("registration_keys");
        await ApplySchema(database);
        var setup = Setup with { Database = database, Settings = new Dictionary<string, string>(Setup.Settings) { ["EventStore:ApplySchema"] = "false" } };
        var both = new ServiceApp<Edition>[2];
        await Parallel.ForAsync(0, both.Length, TestContext.Current.CancellationToken, async (i, _) => both[i] = await ServiceApp<Edition>.StartAsync(setup));
        var first = both[0];
        await using var second = both[1];

        var signedIn = (await first.Client().Post($"{Api}/sessions", Credentials("committee", CommitteePassword))).Is(HttpStatusCode.OK).Json;
        var token = signedIn.GetProperty("accessToken").GetString()!;
        (await With(second.Client(), token).Get($"{Api}/accounts/me")).Is(HttpStatusCode.OK);
        var keys = (await first.Client().Get("/.well-known/jwks.json")).Text;
        Assert.Equal(keys, (await second.Client().Get("/.well-known/jwks.json")).Text);
        await first.DisposeAsync();

        await using var restarted = await ServiceApp<Edition>.StartAsync(setup);
        Assert.Equal(keys, (await restarted.Client().Get("/.well-known/jwks.json")).Text);
        (await With(restarted.Client(), token).Get($"{Api}/accounts/me")).Is(HttpStatusCode.OK);
        (await restarted.Client().Post($"{Api}/sessions/refresh", new { refreshToken = signedIn.GetProperty("refreshToken").GetString() })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_rotated_key_is_published_beside_the_old_one_and_signs_only_later()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var app = await ServiceApp<Edition>.StartAsync(Setup with { Clock = clock });
        var officer = app.Client(TestCaller.Officer);
        var before = await Kids(app);

        clock.Advance(TimeSpan.FromMinutes(1));
        (await officer.Post($"{Api}/signing-keys", new { purpose = "access_tokens" })).Is(HttpStatusCode.NoContent);
        (await officer.Post($"{Api}/signing-keys", new { purpose = "access_tokens" })).Is(HttpStatusCode.NoContent);
        clock.Advance(TimeSpan.FromSeconds(6));
        var during = await Kids(app);
        Assert.Equal(3, during.Count);
        Assert.Subset(during.ToHashSet(), before.ToHashSet());
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Single(before.Except(await Kids(app)));
        (await app.Client(TestCaller.Gate).Post($"{Api}/signing-keys", new { purpose = "passes" })).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    // As the platform does it: the schema is there before any instance starts; keys and accounts are not.
    private static async Task ApplySchema(Database database)
    {
        Type?[] first = [typeof(PrepareSigningKeys), typeof(FirstAccounts)];
        await using var app = await ServiceApp<Edition>.StartAsync(Setup with
        {
            Database = database,
            Services = services => services.Where(service => first.Contains(service.ImplementationType)).ToList().ForEach(service => services.Remove(service)),
        });
    }

    private static async Task<IReadOnlyList<string>> Kids(ServiceApp<Edition> app) =>
        (await app.Client().Get("/.well-known/jwks.json")).Json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!).ToArray();
}
