using Expo.AppHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var builder = DistributedApplication.CreateBuilder(args);

// One private cluster: each service has a database and a role that can log in to nothing else (postgres/roles.sql).
var postgres = builder.AddPostgres("postgres").WithDataVolume().WithInitFiles("postgres");
var messaging = builder.AddRabbitMQ("messaging").WithManagementPlugin().WithDataVolume();

// Whoever keeps messages and projections in order: the dashboard's pages and commands, and ./expo ops.
var operationsPassword = Secret("operations-password");
var registration = AddService<Projects.Registration>("registration")
    .WithEnvironment("Committee__Password", Secret("committee-password"))
    .WithEnvironment("Operations__Password", operationsPassword);
var exhibition = AddService<Projects.Exhibition>("exhibition");
var recruitment = AddService<Projects.Recruitment>("recruitment");
var forum = AddService<Projects.Forum>("forum");
var matchmaking = AddService<Projects.Matchmaking>("matchmaking");
IResourceBuilder<ProjectResource>[] services = [registration, exhibition, recruitment, forum, matchmaking];

// Its port is a setting (appsettings.json): Gateway__Port=9080 in the environment, or --Gateway:Port 9080.
var gateway = builder.AddProject<Projects.Gateway>("gateway")
    .WithHttpEndpoint(port: builder.Configuration.GetValue<int?>("Gateway:Port"))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithEnvironment("DataProtection__Keys", Path.Combine(LocalData(), "gateway-keys"));

foreach (var service in services)
{
    gateway.WithReference(service).WaitFor(service);
    service.WithOperations(registration, operationsPassword);
}

// Registration signs the tokens; everybody, itself included, verifies them with its published keys.
foreach (var verifier in services.Append(gateway))
{
    verifier.WithEnvironment("Identity__JwksUrl", $"{registration.GetEndpoint("http")}/.well-known/jwks.json");
}

// Once: a gateway that is restarted is ready again, the platform was all the time.
var told = false;
gateway.OnResourceReady((_, ready, _) =>
{
    if (told)
    {
        return Task.CompletedTask;
    }

    told = true;
    var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ExpoPlatform");
    var address = gateway.GetEndpoint("http").Url;
    var secret = builder.Configuration["Expo:Secrets"] is { } file ? $"grep committee-password {file}" : "dotnet user-secrets list --project AppHost";
    Log.Ready(logger, address, secret);
    return Task.CompletedTask;
});

builder.Build().Run();

// A service is a step that brings its database up to date and ends, and then the service itself.
IResourceBuilder<ProjectResource> AddService<TProject>(string name) where TProject : IProjectMetadata, new()
{
    var password = Secret($"{name}-password");
    var masterKey = Secret($"{name}-master-key", length: 64);
    postgres.WithEnvironment($"{name.ToUpperInvariant()}_PASSWORD", password);
    var database = postgres.AddDatabase($"{name}-store", databaseName: name);

    var schema = Configure(builder.AddProject<TProject>($"{name}-schema"))
        .WithArgs("schema")
        .WaitFor(database);
    return Configure(builder.AddProject<TProject>(name))
        .WithHttpEndpoint()
        .WithHttpHealthCheck("/health")
        .WaitForCompletion(schema)
        .WaitFor(messaging);

    IResourceBuilder<ProjectResource> Configure(IResourceBuilder<ProjectResource> project)
    {
        var server = postgres.GetEndpoint("tcp");
        var (host, port) = (server.Property(EndpointProperty.Host), server.Property(EndpointProperty.Port));
        return project
            .WithEnvironment("ConnectionStrings__store", $"Host={host};Port={port};Username={name};Password={password};Database={name}")
            .WithEnvironment("MasterKey", masterKey)
            .WithEnvironment("Messaging__Management", messaging.GetEndpoint("management"))
            .WithReference(messaging);
    }
}

// What seals browsers' cookies is kept with the rest of the local data: sessions outlive a restart, and every replica of the gateway opens them.
string LocalData() => Path.GetFullPath((builder.Configuration["Expo:Data"] ?? builder.Configuration["EXPO_DATA"]) is { Length: > 0 } chosen
    ? chosen
    : Path.Combine(builder.AppHostDirectory, "..", ".aspire-data"));

// Generated on the first start and kept: the data was made with it.
IResourceBuilder<ParameterResource> Secret(string name, int length = 32) =>
    builder.AddParameter(name, new GenerateParameterDefault { MinLength = length, Special = false }, secret: true, persist: true);

internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The platform is ready: {Address}\n  The committee signs in as 'committee'. Its password: {Secret}\n  Ctrl-C stops everything.")]
    public static partial void Ready(ILogger logger, string address, string secret);
}
