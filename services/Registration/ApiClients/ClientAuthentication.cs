using System.Globalization;
using Expo.Kernel;
using Expo.Registration.Accounts;

namespace Expo.Registration.ApiClients;

/// <summary>Checks programs' secrets, and slows down who keeps guessing.</summary>
public sealed class ClientAuthentication(TimeProvider clock)
{
    /// <summary>Unknown client, wrong secret or a revoked one; nobody is told which.</summary>
    public static readonly Refusal Failed = new(
        RefusalKind.NotSignedIn, "oauth.invalid_client", new("客户端编号或密钥不正确。", "The client id or the secret is wrong."));

    private static readonly Refusal Delayed = new(
        RefusalKind.TooOften, "oauth.delayed", new("密钥错误次数过多，请稍后再试。", "Too many wrong secrets. Wait before you try again."));

    private readonly FailedSignIns failures = new(clock);

    /// <summary>Why this secret does not open the client, or nothing when it does.</summary>
    public Refusal? Check(Guid clientId, ApiClient? client, ClientSecret secret)
    {
        // The right secret is never delayed: nobody guesses 32 random bytes, and whoever knows only the id could else lock an agency out.
        if ((client ?? new ApiClient()).Accepts(secret))
        {
            failures.Note(clientId, failed: false);
            return null;
        }

        if (failures.DelayOf(clientId) is { } delay)
            return Delayed.With("retryAfter", Math.Ceiling(delay.TotalSeconds).ToString("0", CultureInfo.InvariantCulture));

        failures.Note(clientId, failed: true);
        return Failed;
    }
}
