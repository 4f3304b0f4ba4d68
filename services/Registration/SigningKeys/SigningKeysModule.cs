using Expo.Kernel;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Expo.Registration.SigningKeys;

/// <summary>The key pairs that sign access tokens and passes.</summary>
public static class SigningKeysModule
{
    private static readonly Refusal Unknown = Refusal.Unknown("signing_key.unknown", "没有这组密钥。", "There are no such keys.");

    /// <summary>What is stored, and how this service trusts itself.</summary>
    public static EventStoreBuilder AddSigningKeys(this EventStoreBuilder store)
    {
        store.Services.AddSingleton<KeyRings>();
        store.Services.AddHostedService<PrepareSigningKeys>();
        store.Services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, OwnTokens>();
        return store.Stream<KeyRing>().Event<SigningKeyAdded>("signing_key_added");
    }

    /// <summary>Serves the public halves where the world looks for them.</summary>
    public static void MapJwks(this IEndpointRouteBuilder app) => JwksEndpoint.Map(app);

    /// <summary>What is served.</summary>
    public static void MapSigningKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/signing-keys").WithTags("Signing keys");
        RotateSigningKeyEndpoint.Map(keys);
        keys.MapHistory<KeyRing>("GetSigningKeyHistory", Unknown, (_, caller) => caller.Is(Kernel.Http.Roles.CommitteeOfficer));
    }
}
