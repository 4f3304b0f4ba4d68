using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Gateway.Tests.Identity;

public sealed class SigningKeySpecs : IAsyncLifetime
{
    private readonly Clock clock = new();
    private readonly Issuer first = new("key-1");
    private readonly Issuer second = new("key-2");
    private WebApplication? issuer;
    private WebApplication? service;
    private Func<IResult> keySet = () => Results.StatusCode(503);
    private int fetches;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        issuer = await Host.Plain(app => app.MapGet("/.well-known/jwks.json", () =>
        {
            Interlocked.Increment(ref fetches);
            return keySet();
        }));
        service = await Host.WithDefaults(
            app => app.MapGet("/whoami", () => "you"),
            new Dictionary<string, string?>
            {
                ["services:registration:http:0"] = issuer.Urls.Single(),
            },
            services => services.AddSingleton<TimeProvider>(clock));
    }

    public async ValueTask DisposeAsync()
    {
        await service!.DisposeAsync();
        await issuer!.DisposeAsync();
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task Keys_are_fetched_with_the_first_token_and_kept()
    {
        Publish(first);
        Assert.Equal(0, fetches);
        Assert.Equal(HttpStatusCode.OK, await Ask(first));
        Assert.Equal(HttpStatusCode.OK, await Ask(first));
        Assert.Equal(1, fetches);
    }

    [Fact]
    public async Task A_new_key_is_known_within_ten_seconds_and_a_withdrawn_one_forgotten()
    {
        Publish(first);
        Assert.Equal(HttpStatusCode.OK, await Ask(first));
        Publish(second);
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(second));

        clock.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(HttpStatusCode.OK, await Ask(second));
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(first));
    }

    [Fact]
    public async Task Strangers_tokens_do_not_make_the_service_fetch_again_and_again()
    {
        Publish(first);
        await Ask(first);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ask(second)));
        Assert.Equal(1, fetches);
    }

    [Fact]
    public async Task Known_keys_stay_in_use_while_the_issuer_is_down()
    {
        Publish(first);
        Assert.Equal(HttpStatusCode.OK, await Ask(first));
        await issuer!.StopAsync(Ct);

        clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(HttpStatusCode.OK, await Ask(first));
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(second));
    }

    [Fact]
    public async Task A_withdrawn_key_is_forgotten_after_five_minutes_though_nobody_shows_a_new_one()
    {
        Publish(first);
        Assert.Equal(HttpStatusCode.OK, await Ask(first));
        Publish(second);
        clock.Now += TimeSpan.FromMinutes(6);
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(first));
    }

    private void Publish(Issuer signer) =>
        keySet = () => Results.Json(new JsonObject { ["keys"] = new JsonArray(signer.PublicKey()) });

    private async Task<HttpStatusCode> Ask(Issuer signer)
    {
        using var client = service!.Client(signer.Token());
        return (await client.GetAsync("/whoami", Ct)).StatusCode;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
