using Expo.NativeHosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>The variables a process is given are those of upstream.</summary>
public sealed class EnvironmentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reference_to_a_server_gives_its_connection_string_and_its_parts()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var password = builder.AddParameter("secret", "a/b", secret: true);
        var messaging = builder.AddRabbitMQ("messaging", password: password);
        var store = builder.AddPostgres("postgres", password: password).AddDatabase("store");
        var sample = builder.AddSample("sample").WithReference(messaging).WithReference(store);

        var variables = await VariablesAsync(builder, sample.Resource);

        var (broker, server) = (messaging.Resource.PrimaryEndpoint, store.Resource.Parent.PrimaryEndpoint);
        Assert.Equal($"amqp://guest:a%2Fb@{broker.Host}:{broker.Port}", variables["ConnectionStrings__messaging"]);
        Assert.Equal(variables["ConnectionStrings__messaging"], variables["MESSAGING_URI"]);
        Assert.Equal($"Host={server.Host};Port={server.Port};Username=postgres;Password=a/b;Database=store", variables["ConnectionStrings__store"]);
        Assert.Equal("store", variables["STORE_DATABASENAME"]);
        Assert.Equal("a/b", variables["STORE_PASSWORD"]);
    }

    [Fact]
    public async Task A_reference_to_a_project_gives_its_addresses_for_service_discovery()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var catalog = builder.AddProject<Projects.SampleService>("catalog-api");
        var sample = builder.AddSample("sample").WithReference(catalog);
        // Endpoints that come after the reference count too.
        catalog.WithHttpEndpoint();

        var variables = await VariablesAsync(builder, sample.Resource);

        Assert.Equal(catalog.GetEndpoint("http").Url, variables["services__catalog-api__http__0"]);
        Assert.Equal(catalog.GetEndpoint("http").Url, variables["CATALOG_API_HTTP"]);
    }

    [Fact]
    public async Task An_interpolated_value_is_filled_when_the_process_starts_and_may_name_its_own_address()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var sample = builder.AddSample("sample");
        var key = builder.AddParameter("key", "{k}");
        sample.WithEnvironment("Own", $"{sample.GetEndpoint("http")}/{{path}}?key={key}&port={sample.GetEndpoint("http").Property(EndpointProperty.Port)}");

        var variables = await VariablesAsync(builder, sample.Resource);

        var endpoint = sample.GetEndpoint("http");
        Assert.Equal($"http://localhost:{endpoint.Port}/{{path}}?key={{k}}&port={endpoint.Port}", variables["Own"]);
    }

    [Fact]
    public async Task A_parameter_takes_its_value_from_the_configuration()
    {
        using var builder = DistributedApplicationTestingBuilder.Create("--Parameters:api-key=configured");
        var key = builder.AddParameter("api-key", secret: true);
        var missing = builder.AddParameter("absent");

        Assert.Equal("configured", await key.Resource.GetValueAsync(Ct));
        var failure = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await missing.Resource.GetValueAsync(Ct));
        Assert.Contains("Parameters__absent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generated_secret_is_the_same_at_the_next_start_and_readable_by_its_owner_only()
    {
        var data = Sample.NewFile();
        string[] values = [await GenerateAsync(data), await GenerateAsync(data)];

        Assert.Equal(values[0], values[1]);
        Assert.Equal(40, values[0].Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, "secrets.json")));
        Directory.Delete(data, recursive: true);

        static async Task<string> GenerateAsync(string data)
        {
            using var builder = DistributedApplicationTestingBuilder.Create($"--Expo:Data={data}");
            var value = new GenerateParameterDefault { MinLength = 40, Special = false };
            return (await builder.AddParameter("password", value, secret: true, persist: true).Resource.GetValueAsync(Ct))!;
        }
    }

    [Fact]
    public void Resources_that_wait_for_each_other_are_refused()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var (first, second) = (builder.AddSample("first"), builder.AddSample("second"));
        first.WaitFor(second);
        second.WaitFor(first);

        var failure = Assert.Throws<DistributedApplicationException>(() => builder.Build());
        Assert.Contains("first -> second -> first", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_could_not_be_host_names_are_refused()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        Assert.All(["", "1st", "a--b", "a-", "a_b", "é"], name => Assert.ThrowsAny<ArgumentException>(() => builder.AddSample(name)));
        builder.AddSample("sample");
        Assert.Throws<DistributedApplicationException>(() => builder.AddSample("SAMPLE"));
    }

    private static async Task<Dictionary<string, string>> VariablesAsync(IDistributedApplicationTestingBuilder builder, IResource resource)
    {
        await using var app = await builder.BuildAsync(Ct);
        app.Services.GetRequiredService<EndpointTable>().Allocate(builder.Resources);
        return await app.Services.GetRequiredService<LaunchPlanner>().VariablesAsync(resource, NullLogger.Instance, Ct);
    }
}
