using Expo.ServiceDefaults;

// A service whose behaviour tests choose by its arguments and environment.
if (args is ["schema", ..])
{
    return 0;
}

if (args is ["crash", ..])
{
    throw new NotSupportedException("The sample cannot go on.");
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
var app = builder.Build();
var open = app.MapGroup("").AllowAnonymous();
open.MapGet("/health", () => Environment.GetEnvironmentVariable("SAMPLE_HEALTH") is { } file && !File.Exists(file) ? Results.StatusCode(503) : Results.Ok());
open.MapGet("/pid", () => Environment.ProcessId);
open.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name));
open.MapGet("/other/{**path}", (string path, IHttpClientFactory clients) =>
    clients.CreateClient().GetStringAsync(new Uri($"{Environment.GetEnvironmentVariable("SAMPLE_OTHER")}/{path}")));
open.MapGet("/fail", string () => throw new InvalidOperationException("The sample <b>failed</b>."));
open.MapSampleOperations();
await app.RunAsync();
return 0;
