using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Expo.ServiceDefaults;

/// <summary>
/// A client sends the same token with each request, and checking its signature costs as much as the rest of a small request: a good one is
/// remembered until it ends. It was good for that long anyway, since nobody asks its issuer again; bad ones are checked each time.
/// </summary>
internal sealed class RememberedTokens : JsonWebTokenHandler, IDisposable
{
    private const int Most = 10_000;
    private readonly MemoryCache good = new(new MemoryCacheOptions { SizeLimit = Most });

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (good.TryGetValue(token, out TokenValidationResult? known) && EndOf(known!) > TimeProvider.System.GetUtcNow())
        {
            return Copy(known!);
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            good.Set(token, result, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = EndOf(result) });
            return Copy(result);
        }

        return result;
    }

    public void Dispose() => good.Dispose();

    private static DateTimeOffset EndOf(TokenValidationResult result) => new(result.SecurityToken.ValidTo, TimeSpan.Zero);

    // Who is asking belongs to one request; nothing that one does to it may reach another.
    private static TokenValidationResult Copy(TokenValidationResult result) => new()
    {
        IsValid = true,
        ClaimsIdentity = result.ClaimsIdentity.Clone(),
        SecurityToken = result.SecurityToken,
        Issuer = result.Issuer,
        TokenType = result.TokenType,
    };
}
