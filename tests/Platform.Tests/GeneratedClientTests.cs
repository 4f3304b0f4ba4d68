using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Expo.ServiceDefaults;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>What the platform says of itself is enough to make a client of it: a standard generator's, that posts a job as an agency's program.</summary>
[Trait("needs", "platform")]
public sealed class GeneratedClientTests(RunningPlatform platform)
{
    private const string Registration = "/api/registration/v1";
    private const string Recruitment = "/api/recruitment/v1";

    private static readonly string[] Files = ["package.json", "package-lock.json", ".npmrc", "tsconfig.json", "post-job.ts"];

    private readonly string run = $"{Guid.CreateVersion7():n}";

    [Fact]
    [Requirement("J-03")]
    public async Task A_generated_client_posts_a_job_and_reads_what_each_fair_said()
    {
        using var committee = await platform.Committee();
        var edition = await AnEditionWithTwoFairs(committee);
        var (employer, employerId) = await AnOrganisation(committee, "enterprise");
        var (agency, agencyId) = await AnOrganisation(committee, "hr_agency");
        await Eventually.Is(
            () => employer.Put($"{Recruitment}/employers/me/agencies/{agencyId}", new { }), approved => approved.Status == HttpStatusCode.NoContent,
            TimeSpan.FromSeconds(30), "recruitment to know both organisations");
        var program = (await agency.Post($"{Registration}/organisations/{agencyId}/api-clients", new
        {
            name = "Applicant tracking", agencyKind = "headhunter", scopes = new[] { "jobs:write", "jobs:read" },
        })).Is(HttpStatusCode.Created).Json;

        var told = JsonSerializer.Deserialize<JsonElement>(await Generated(new Dictionary<string, string>
        {
            ["CLIENT_ID"] = program.GetProperty("clientId").GetString()!,
            ["CLIENT_SECRET"] = program.GetProperty("clientSecret").GetString()!,
            ["EMPLOYER"] = employerId.ToString(),
            ["EDITION"] = edition,
            ["VALID_THROUGH"] = $"{TimeProvider.System.GetUtcNow().AddDays(30):O}",
        }));

        Assert.Equal(201, told.GetProperty("status").GetInt32());
        Assert.Equal("unchanged", told.GetProperty("again").GetString());
        Assert.Matches("^\"[0-9]+\"$", told.GetProperty("etag").GetString());
        Assert.Matches("^\"client\";r=[0-9]+;t=[0-9]+, \"records\";r=[0-9]+;t=[0-9]+$", told.GetProperty("rateLimit").GetString());
        var fairs = told.GetProperty("posted").GetProperty("fairs").EnumerateArray().ToDictionary(fair => fair.GetProperty("code").GetString()!);
        Assert.Equal("accepted", fairs["open"].GetProperty("state").GetString());
        Assert.Contains("fair.salary_below_floor", fairs["elite"].GetRawText(), StringComparison.Ordinal); // exactly 200,000 is not above it
        Assert.Contains("AG-1001", told.GetProperty("read").GetRawText(), StringComparison.Ordinal);
    }

    private async Task<string> AnEditionWithTwoFairs(HttpClient committee)
    {
        var (code, today) = ($"generated_{run[^12..]}", DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime));
        (await committee.Post($"{Registration}/editions", new
        {
            code, number = 99, year = today.Year, deliveryMode = "hybrid", name = new { zh = "测试大会" }, openDays = new[] { today.AddDays(60) },
        })).Is(HttpStatusCode.Created);
        object Fair(object? floor) => new { name = new { zh = "招聘会" }, audiences = new[] { "domestic" }, minAnnualSalary = floor };
        var floor = new { threshold = new { amount = "200000", currency = "CNY" }, @operator = "above", end = "min" };
        await Eventually.Is(
            () => committee.Put($"{Recruitment}/editions/{code}/fairs/elite", Fair(floor)), defined => defined.Status == HttpStatusCode.NoContent,
            TimeSpan.FromSeconds(30), "recruitment to know the edition");
        (await committee.Put($"{Recruitment}/editions/{code}/fairs/open", Fair(null))).Is(HttpStatusCode.NoContent);
        return code;
    }

    private async Task<(HttpClient Client, Guid Id)> AnOrganisation(HttpClient committee, string kind)
    {
        var (username, password) = ($"{kind[..2]}-{run}", $"{Guid.CreateVersion7():n}");
        (await platform.Gateway().Post($"{Registration}/accounts", new { username, password, registrantKind = "organisation" })).Is(HttpStatusCode.Created);
        var id = (await (await platform.SignIn(username, password)).Post($"{Registration}/organisations", new
        {
            name = new { zh = $"测试单位{run}", en = $"Test {run}" }, registrationNumber = $"{kind}{run}"[..40], kind, country = "SG",
        })).Is(HttpStatusCode.Created).Json.GetProperty("id").GetGuid();
        (await committee.Post($"{Registration}/organisations/{id}/verification")).Is(HttpStatusCode.NoContent);
        return (await platform.SignIn(username, password), id); // the organisation stands in the next token
    }

    /// <summary>Installs the generator, generates from the running platform, compiles strictly and runs the program; returns what it prints.</summary>
    private async Task<string> Generated(Dictionary<string, string> environment)
    {
        using var gateway = platform.Gateway();
        environment["EXPO_GATEWAY"] = gateway.BaseAddress!.ToString().TrimEnd('/');
        var source = Path.Combine(Root(AppContext.BaseDirectory), "tests", "GeneratedClient");
        var folder = Directory.CreateTempSubdirectory("expo-generated-client-");
        try
        {
            foreach (var file in Files)
                File.Copy(Path.Combine(source, file), Path.Combine(folder.FullName, file));
            await Npm(folder.FullName, environment, "ci");
            await Npm(folder.FullName, environment, "run", "--silent", "generate");
            await Npm(folder.FullName, environment, "run", "--silent", "build");
            return await Npm(folder.FullName, environment, "run", "--silent", "post-job");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Npm(string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var npm = Process.Start(start)!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(npm.ExitCode == 0, $"npm {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    private static string Root(string directory) =>
        File.Exists(Path.Combine(directory, "ExpoPlatform.sln")) ? directory : Root(Path.GetDirectoryName(directory)!);
}
