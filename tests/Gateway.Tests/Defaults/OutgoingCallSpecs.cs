using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Gateway.Tests.Defaults;

public sealed class OutgoingCallSpecs : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> asked = new();
    private WebApplication? sick;
    private WebApplication? well;
    private WebApplication? caller;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sick = await Host.Plain(app => app.Map("/{**path}", () => Answer("sick", StatusCodes.Status503ServiceUnavailable)));
        well = await Host.Plain(app => app.Map("/{**path}", () => Answer("well", StatusCodes.Status200OK)));
        caller = await Host.WithDefaults(_ => { }, new Dictionary<string, string?>
        {
            ["services:catalog:http:0"] = sick.Urls.Single(),
            ["services:catalog:http:1"] = well.Urls.Single(),
            ["services:broken:http:0"] = sick.Urls.Single(),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await caller!.DisposeAsync();
        await sick!.DisposeAsync();
        await well!.DisposeAsync();
    }

    [Theory, InlineData("http://catalog/things"), InlineData("https+http://catalog/things")]
    public async Task A_read_is_repeated_on_the_next_instance(string address)
    {
        for (var call = 0; call < 2; call++)
        {
            Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, address));
        }
        Assert.Contains("sick", asked);
    }

    [Fact]
    public async Task A_write_is_sent_once()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Send(HttpMethod.Post, "http://broken/things"));
        Assert.Single(asked);
    }

    [Fact]
    public async Task A_write_with_an_idempotency_key_is_repeated()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Send(HttpMethod.Post, "http://broken/things", key: "5c0f5c0f5c0f5c0f"));
        Assert.Equal(4, asked.Count);
    }

    [Fact]
    public async Task Any_other_host_is_called_as_it_is()
    {
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, $"{well!.Urls.Single()}/things"));
        Assert.Equal(["well"], asked);
    }

    private IResult Answer(string who, int status)
    {
        asked.Enqueue(who);
        return Results.StatusCode(status);
    }

    private async Task<HttpStatusCode> Send(HttpMethod method, string address, string? key = null)
    {
        using var client = caller!.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var request = new HttpRequestMessage(method, address);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
