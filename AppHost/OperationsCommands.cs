using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Expo.AppHost;

/// <summary>What an operator can do with a service from its row in the dashboard: the service's own operations, asked for as the operations desk.</summary>
internal static class OperationsCommands
{
    public static void WithOperations(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource> registration, IResourceBuilder<ParameterResource> password)
    {
        service.ApplicationBuilder.Services.AddHttpClient();
        var operations = $"/api/{service.Resource.Name}/v1/operations";
        Add("retry-parked", "Retry parked messages", "Asks for every message that could not be handled again. Was the cause mended?", RetryParked);
        Add("rebuild-projections", "Rebuild projections", "Builds everything that is made of the events again, beside what is in use. Do it now?", RebuildProjections);
        Add("pause-relay", "Pause the relay", "The other services hear nothing more from this one until the relay is resumed. Pause it?", desk => desk.Do("relay/pause"));
        Add("resume-relay", "Resume the relay", "The others hear from where the relay was paused. Resume it?", desk => desk.Do("relay/resume"));

        void Add(string name, string displayName, string question, Func<OperationsDesk, Task> work) => service.WithCommand(
            name, displayName, context => Run(context, displayName, work), commandOptions: new CommandOptions
            {
                ConfirmationMessage = question,
                UpdateState = context => context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });

        async Task<ExecuteCommandResult> Run(ExecuteCommandContext context, string why, Func<OperationsDesk, Task> work)
        {
            try
            {
                using var client = context.ServiceProvider.GetRequiredService<IHttpClientFactory>().CreateClient();
                var desk = new OperationsDesk(client, new Uri(service.GetEndpoint("http").Url + operations), $"{why} (command of the dashboard)", context.CancellationToken);
                await desk.SignIn(new Uri(registration.GetEndpoint("http").Url), await password.Resource.GetValueAsync(context.CancellationToken));
                await work(desk);
                return CommandResults.Success();
            }
            catch (HttpRequestException failure)
            {
                return CommandResults.Failure(failure);
            }
        }
    }

    /// <summary>The first of each stream: those that wait behind it follow by themselves.</summary>
    private static async Task RetryParked(OperationsDesk desk)
    {
        var parked = new List<JsonElement>();
        for (var page = "parked-messages?limit=200"; page is not null;)
        {
            var list = await desk.Ask(page);
            parked.AddRange(list.GetProperty("items").EnumerateArray());
            page = list.GetProperty("nextCursor").GetString() is { } cursor ? $"parked-messages?limit=200&cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        foreach (var stream in parked.GroupBy(message => (message.GetProperty("queue").GetString(), message.GetProperty("stream").GetString())))
            await desk.Do($"parked-messages/{stream.MinBy(message => message.GetProperty("position").GetInt64()).GetProperty("id").GetString()}/retry");
    }

    private static async Task RebuildProjections(OperationsDesk desk)
    {
        foreach (var projection in (await desk.Ask("lag")).GetProperty("projections").EnumerateArray())
            await desk.Do("rebuilds", ("projection", projection.GetProperty("name").GetString()!));
    }
}

/// <summary>The operations of one service, as the operations desk; a refusal is an exception in the service's words.</summary>
internal sealed class OperationsDesk(HttpClient client, Uri operations, string why, CancellationToken ct)
{
    public async Task SignIn(Uri registration, string? password)
    {
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var session = await Said(await client.PostAsJsonAsync(new Uri(registration, "/api/registration/v1/sessions"), new { username = "operations", password }, ct));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
    }

    public async Task<JsonElement> Ask(string path) => await Said(await client.GetAsync(new Uri($"{operations}/{path}"), ct));

    public async Task Do(string path, params (string Name, string Value)[] more) =>
        await Said(await client.PostAsJsonAsync(new Uri($"{operations}/{path}"), more.Append(("why", why)).ToDictionary(member => member.Item1, member => member.Item2), ct));

    private async Task<JsonElement> Said(HttpResponseMessage answer)
    {
        using (answer)
        {
            var said = await answer.Content.ReadAsStringAsync(ct);
            var body = said.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(said) : default;
            if (answer.IsSuccessStatusCode)
                return body;
            throw new HttpRequestException(body.ValueKind == JsonValueKind.Object && body.TryGetProperty("detail", out var detail) ? detail.GetString() : $"It answered {(int)answer.StatusCode}.");
        }
    }
}
