using System.Text.Json.Nodes;
using Expo.Contracts.Registration;
using Expo.Recruitment.Jobs;
using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests;

/// <summary>A running Recruitment on a database of its own, with a clock that a test may move. Each test makes employers and agencies for itself.</summary>
public sealed class Market : IAsyncLifetime
{
    public const string Root = "/api/recruitment/v1";
    public const string PartnerJobs = $"{Root}/partner/jobs";
    public const string PublicJobs = $"{Root}/public/jobs";
    private const string Scopes = "jobs:write jobs:read";

    private ServiceApp<JobPosting>? app;

    /// <summary>The service.</summary>
    public ServiceApp<JobPosting> App => app!;

    /// <summary>Its clock; noon of 2023-03-01 in Shanghai at first.</summary>
    public ManualClock Clock { get; } = new(Samples.Noon);

    public HttpClient Officer => App.Client(TestCaller.Officer);

    public HttpClient Visitor => App.Client();

    public async ValueTask InitializeAsync() => app = await ServiceApp<JobPosting>.StartAsync(new ServiceSetup { Clock = Clock });

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    /// <summary>An edition with the four fairs of the 21st expo.</summary>
    public async Task<string> Edition(params EditionDeadline[] deadlines)
    {
        var edition = await App.KnowEdition(deadlines);
        foreach (var (code, fair) in Fixture.Fairs)
            (await Officer.Put(FairAt(edition, code), fair)).Is(NoContent);
        return edition;
    }

    /// <summary>An employer that approved an agency, whose API client calls it <c>EMP-77</c>.</summary>
    public async Task<Hired> Hired()
    {
        var (employer, agency) = (await App.KnowOrganisation(), await App.KnowOrganisation("hr_agency"));
        var (employerId, agencyId) = (employer.OrganisationId!.Value, agency.OrganisationId!.Value);
        var (admin, client) = (App.Client(employer), App.Client(TestCaller.Program(agencyId, Scopes)));
        (await admin.Put($"{Root}/employers/me/agencies/{agencyId}", "{}")).Is(NoContent);
        (await client.Put($"{Root}/partner/employers/EMP-77", new { organisationId = employerId })).Is(NoContent);
        return new Hired(employerId, agencyId, admin, client);
    }

    /// <summary>An agency's API client that nobody approved.</summary>
    public async Task<HttpClient> Stranger() => App.Client(TestCaller.Program((await App.KnowOrganisation("hr_agency")).OrganisationId!.Value, Scopes));

    public static string FairAt(string edition, string code) => $"{Root}/editions/{edition}/fairs/{code}";

    /// <summary>The sample job as JSON, with some members changed.</summary>
    public static string Body(JobAdvert advert, params (string Member, string Value)[] changes)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(advert, HttpJson.Options))!;
        foreach (var (member, value) in changes)
            body[member] = JsonNode.Parse(value);
        return body.ToJsonString();
    }
}

/// <summary>An employer and its agency.</summary>
public sealed record Hired(Guid EmployerId, Guid AgencyId, HttpClient Employer, HttpClient Client);

/// <summary>The market of all tests that let its clock stand; the servers end with it.</summary>
public sealed class SharedMarket : IAsyncLifetime
{
    private readonly Servers servers = new();

    public Market Market { get; } = new();

    public ValueTask InitializeAsync() => Market.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Market.DisposeAsync();
        await servers.DisposeAsync();
    }
}
