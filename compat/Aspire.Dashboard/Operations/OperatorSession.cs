using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text.Json;

namespace Expo.Dashboard.Operations;

/// <summary>The sign-in of an account: made when first needed, renewed before it ends or when it is not accepted any more. No browser ever gets it.</summary>
internal sealed class OperatorSession(
    OperatedServices services, IHttpClientFactory clients, string userName, Func<CancellationToken, ValueTask<string?>> password, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim one = new(1, 1);
    private (string Token, DateTimeOffset Until)? session;
    private (OperationsProblem Problem, DateTimeOffset Until)? refused;

    /// <summary>The account's name.</summary>
    public string UserName => userName;

    /// <summary>The account's id, as services record it, once it has signed in.</summary>
    public string? AccountId { get; private set; }

    /// <summary>A token other than the one that was rejected, or why there is none.</summary>
    public async Task<(string? Token, OperationsProblem? Problem)> TokenAsync(string? rejected, CancellationToken ct)
    {
        await one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var now = clock.GetUtcNow();
            if (session is { } known && known.Token != rejected && now < known.Until)
            {
                return (known.Token, null);
            }

            // A password that is wrong stays wrong for a while: pages ask every few seconds.
            if (refused is { } no && now < no.Until)
            {
                return (null, no.Problem);
            }

            if (await services.SignInAsync(ct).ConfigureAwait(false) is not { } address)
            {
                return (null, OperationsProblem.NoSignIn);
            }

            var (given, problem) = await SignInAsync(address, ct).ConfigureAwait(false);
            AccountId = given is { } signedIn ? SubjectOf(signedIn.Token) : AccountId;
            (session, refused) = (given, problem is null ? null : (problem, now + Pause));
            return (given?.Token, problem);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<((string Token, DateTimeOffset Until)? Session, OperationsProblem? Problem)> SignInAsync(Uri address, CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = JsonContent.Create(new { username = userName, password = await password(ct).ConfigureAwait(false) }),
            };
            request.Unseen();
            using var answer = await clients.CreateClient(nameof(Operations)).SendAsync(request, limit.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                return (null, OperationsProblem.SignInRefused((int)answer.StatusCode));
            }

            var said = await answer.Content.ReadFromJsonAsync<SignedIn>(limit.Token).ConfigureAwait(false);
            return said is { AccessToken.Length: > 0 }
                ? ((said.AccessToken, clock.GetUtcNow().AddSeconds(said.ExpiresIn * 0.8)), null)
                : (null, OperationsProblem.SignInRefused((int)answer.StatusCode));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (null, OperationsProblem.NoSignIn);
        }
    }

    // What it says of itself is only shown: services check it.
    private static string? SubjectOf(string token)
    {
        try
        {
            return token.Split('.') is [_, var claims, _] && JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(claims)).TryGetProperty("sub", out var subject)
                ? subject.GetString()
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record SignedIn(string AccessToken, int ExpiresIn);
}
