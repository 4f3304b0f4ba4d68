using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Employers;
using Expo.Recruitment.Jobs;
using Expo.TestKit;
using static Expo.Recruitment.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests.Employers;

[Trait("needs", "postgres")]
public sealed class HirersApiTests(SharedMarket shared)
{
    private const string Mine = $"{Root}/employers/me/agencies";

    private readonly Market market = shared.Market;

    [Fact, Requirement("J-15", "X-25")]
    public async Task An_employer_approves_an_agency_and_each_sees_the_other()
    {
        var hired = await market.Hired();
        (await hired.Employer.Put($"{Mine}/{hired.AgencyId}", """{"kinds":["headhunter","outsourcing"]}""")).Is(NoContent);
        var agency = Assert.Single((await hired.Employer.Get(Mine)).Is(OK).Read<Page<ListedAgency>>().Items);
        Assert.Equal((hired.AgencyId, HirerStatus.Approved, "示例单位"), (agency.AgencyId, agency.State, agency.Name!.Zh));
        Assert.Equal([HrAgencyKind.Headhunter, HrAgencyKind.Outsourcing], agency.Kinds);
        var employer = Assert.Single((await hired.Client.Get($"{Root}/partner/employers")).Is(OK).Read<Page<ListedEmployer>>().Items);
        Assert.Equal((hired.EmployerId, HirerStatus.Approved), (employer.OrganisationId, employer.State));
        Assert.Equal(["EMP-77"], employer.EmployerRefs);

        (await hired.Employer.Put($"{Mine}/{hired.AgencyId}")).Is(NoContent);
        Assert.Empty(Assert.Single((await hired.Employer.Get(Mine)).Read<Page<ListedAgency>>().Items).Kinds);
        var history = $"{Root}/hirer-relationships/{agency.RelationshipId}/history";
        Assert.Equal(3, (await hired.Employer.Get(history)).Is(OK).Json.GetProperty("items").GetArrayLength());
        (await (await market.Hired()).Employer.Get(history)).IsRefused(NotFound, "agency.unknown");
    }

    [Fact, Requirement("J-15")]
    public async Task After_a_revocation_nothing_new_is_posted_and_what_is_there_stays()
    {
        var hired = await market.Hired();
        var job = (await hired.Client.Put($"{PartnerJobs}/J-1", Samples.Advert())).Is(Created).Read<PostedJob>();
        (await hired.Employer.Delete($"{Mine}/{hired.AgencyId}")).Is(NoContent);
        (await hired.Employer.Delete($"{Mine}/{hired.AgencyId}")).Is(NoContent);

        (await hired.Client.Put($"{PartnerJobs}/J-2", Samples.Advert())).IsRefused(NotFound, "employer.unknown");
        (await hired.Client.Put($"{PartnerJobs}/J-1", Samples.Advert() with { Openings = 9 })).IsRefused(NotFound, "employer.unknown");
        (await market.Visitor.Get($"{PublicJobs}/{job.JobId}")).Is(OK);
        (await hired.Client.Post($"{PartnerJobs}/J-1:close", """{"reason":"withdrawn"}""", Http.NewKey())).Is(NoContent);
    }

    [Fact, Requirement("J-15")]
    public async Task Without_a_relationship_an_employer_is_unknown_whether_it_exists_or_not()
    {
        var (hired, stranger) = (await market.Hired(), await market.Stranger());
        var none = await stranger.Put($"{Root}/partner/employers/X", new { organisationId = Guid.CreateVersion7() });
        var other = await stranger.Put($"{Root}/partner/employers/X", new { organisationId = hired.EmployerId });
        none.IsRefused(NotFound, "employer.unknown");
        Assert.Equal(none.Json.GetProperty("detail").GetString(), other.IsRefused(NotFound, "employer.unknown").Json.GetProperty("detail").GetString());
        (await stranger.Put($"{PartnerJobs}/J-1", Samples.Advert())).IsRefused(NotFound, "employer.unknown");
        (await hired.Client.Put($"{PartnerJobs}/J-1", Samples.Advert() with { EmployerRef = "EMP-78" })).IsRefused(NotFound, "employer.unknown");
        Assert.Empty((await stranger.Get($"{Root}/partner/employers")).Read<Page<ListedEmployer>>().Items);
    }

    [Fact, Requirement("J-15")]
    public async Task Only_an_agency_is_approved_and_only_by_a_verified_organisation()
    {
        var hired = await market.Hired();
        (await hired.Employer.Put($"{Mine}/{(await market.Hired()).EmployerId}", "{}")).IsRefused(NotFound, "agency.unknown");
        (await hired.Employer.Put($"{Mine}/{Guid.CreateVersion7()}", "{}")).IsRefused(NotFound, "agency.unknown");
        (await hired.Employer.Delete($"{Mine}/{Guid.CreateVersion7()}")).IsRefused(NotFound, "agency.unknown");
        (await market.App.Client(TestCaller.Organisation(Guid.CreateVersion7())).Put($"{Mine}/{hired.AgencyId}", "{}")).IsRefused(Conflict, "organisation.not_verified");
        (await hired.Client.Put($"{Mine}/{hired.AgencyId}", "{}")).Is(Forbidden);
        (await market.Visitor.Get(Mine)).Is(Unauthorized);
        (await hired.Employer.Put($"{Mine}/{hired.AgencyId}", """{"kinds":["magic"]}""")).IsRefused(UnprocessableEntity, "validation");
    }

    [Fact, Requirement("J-15")]
    public async Task A_reference_is_the_agencys_own_and_keeps_its_meaning()
    {
        var (one, other) = (await market.Hired(), await market.Hired());
        (await one.Client.Put($"{Root}/partner/employers/EMP-77", new { organisationId = one.EmployerId })).Is(NoContent);
        (await other.Employer.Put($"{Mine}/{one.AgencyId}", "{}")).Is(NoContent);
        (await one.Client.Put($"{Root}/partner/employers/EMP-77", new { organisationId = other.EmployerId })).IsRefused(Conflict, "employer.ref_bound");
        (await one.Client.Put($"{Root}/partner/employers/EMP-78", new { organisationId = other.EmployerId })).Is(NoContent);
        (await one.Client.Put($"{Root}/partner/employers/EMP%2078", new { organisationId = other.EmployerId })).IsRefused(UnprocessableEntity, "validation");
        (await one.Client.Put($"{Root}/partner/employers/EMP-79", "{}")).IsRefused(UnprocessableEntity, "validation");
        (await one.Employer.Put($"{Root}/partner/employers/EMP-79", new { organisationId = one.EmployerId })).Is(Forbidden);
    }
}
