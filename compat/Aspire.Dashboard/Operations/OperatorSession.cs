using System.Net.Http.Json;
using System.Text.Json;

namespace Expo.Dashboard.Operations;

/// <summary>The dashboard's own sign-in: made when first needed, renewed before it ends or when it is not accepted any more. No browser ever gets it.</summary>
internal sealed class OperatorSession(OperatedServices services, IHttpClientFactory clients, OperationsOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim one = new(1, 1);
    private (string Token, DateTimeOffset Until)? session;
    private (OperationsProblem Problem, DateTimeOffset Until)? refused;

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
                Content = JsonContent.Create(new { username = options.UserName, password = await options.Password(ct).ConfigureAwait(false) }),
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

    private sealed record SignedIn(string AccessToken, int ExpiresIn);
}
