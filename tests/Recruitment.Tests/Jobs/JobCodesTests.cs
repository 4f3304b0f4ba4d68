using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.TestKit;
using static Expo.Recruitment.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests.Jobs;

/// <summary>The codes by which fairs choose among jobs: known ones are kept, others are refused.</summary>
[Trait("needs", "postgres")]
public sealed class JobCodesTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact, Requirement("J-06")]
    public Task A_job_is_of_a_known_industry() => Known("industry", "\"biomedicine\"", "\"circus\"");

    [Fact, Requirement("J-07")]
    public Task A_job_belongs_to_a_known_area_of_a_fair() => Known("fairArea", "\"soe\"", "\"bar\"");

    [Fact, Requirement("J-02", "J-10")]
    public Task A_job_is_for_known_audiences() => Known("audiences", """["graduate","overseas"]""", """["graduate","everybody"]""");

    private async Task Known(string member, string known, string unknown)
    {
        var hired = await market.Hired();
        (await hired.Client.Put($"{PartnerJobs}/CODES", With(unknown))).IsRefused(UnprocessableEntity, "validation");
        (await hired.Client.Put($"{PartnerJobs}/CODES", With(known))).Is(Created);
        var kept = (await hired.Client.Get($"{PartnerJobs}/CODES")).Is(OK).Json;
        Assert.Contains($"\"{member}\":{known}", kept.GetRawText().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        string With(string value)
        {
            var job = JsonSerializer.SerializeToNode(Samples.Advert(), HttpJson.Options)!;
            job[member] = JsonNode.Parse(value);
            return job.ToJsonString();
        }
    }
}
