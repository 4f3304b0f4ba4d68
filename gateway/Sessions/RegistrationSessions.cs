using System.Net;
using System.Net.Http.Headers;
using Polly;

namespace Expo.Gateway.Sessions;

/// <summary>Asks Registration about sessions, by its name; nothing is kept here.</summary>
internal sealed class RegistrationSessions(IHttpClientFactory clients)
{
    // Apart from each other: guesses at passwords must not stop those who are signed in.
    private const string SignInClient = "registration sign-in";
    private const string SessionClient = "registration sessions";
    private const string Sessions = "http://registration/api/registration/v1/sessions";

    /// <summary>Passes user name and password on as they came; Registration says what is wrong with them.</summary>
    public Task<HttpResponseMessage?> SignIn(HttpContext http, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Send(http, SignInClient, new HttpRequestMessage(HttpMethod.Post, Sessions) { Content = content });
    }

    /// <summary>The next tokens.</summary>
    public Task<HttpResponseMessage?> Refresh(HttpContext http, BrowserSession session) =>
        Send(http, SessionClient, new HttpRequestMessage(HttpMethod.Post, $"{Sessions}/refresh") { Content = JsonContent.Create(new { refreshToken = session.RefreshToken }) });

    /// <summary>Ends this session.</summary>
    public Task<HttpResponseMessage?> SignOut(HttpContext http, BrowserSession session) =>
        Send(http, SessionClient, new HttpRequestMessage(HttpMethod.Post, $"{Sessions}/sign-out") { Content = JsonContent.Create(new { refreshToken = session.RefreshToken }) });

    /// <summary>Ends every session of the account.</summary>
    public Task<HttpResponseMessage?> SignOutEverywhere(HttpContext http, BrowserSession session)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Sessions}/sign-out-everywhere");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        return Send(http, SessionClient, request);
    }

    /// <summary>The answer, or nothing when there was none to be had.</summary>
    private async Task<HttpResponseMessage?> Send(HttpContext http, string name, HttpRequestMessage request)
    {
        try
        {
            using (request)
            using (var client = clients.CreateClient(name))
            {
                request.Headers.TryAddWithoutValidation("Accept-Language", http.Request.Headers.AcceptLanguage.ToString());
                var answer = await client.SendAsync(request, http.RequestAborted);
                if (answer.StatusCode < HttpStatusCode.InternalServerError)
                {
                    return answer;
                }
                answer.Dispose();
                return null;
            }
        }
        catch (Exception failure) when (IsOutage(failure) && !http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private static bool IsOutage(Exception failure) => failure is HttpRequestException or OperationCanceledException or ExecutionRejectedException;
}
