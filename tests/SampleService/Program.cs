// A service whose behaviour tests choose by its arguments and environment.
if (args is ["schema", ..])
{
    return 0;
}

if (args is ["crash", ..])
{
    throw new NotSupportedException("The sample cannot go on.");
}

var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/health", () => Environment.GetEnvironmentVariable("SAMPLE_HEALTH") is { } file && !File.Exists(file) ? Results.StatusCode(503) : Results.Ok());
app.MapGet("/pid", () => Environment.ProcessId);
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name));
await app.RunAsync();
return 0;
