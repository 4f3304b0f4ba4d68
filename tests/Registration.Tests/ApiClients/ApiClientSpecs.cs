using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Registration.ApiClients;
using Expo.Registration.Organisations;
using Microsoft.Extensions.Primitives;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.ApiClients;

public sealed class ApiClientSpecs
{
    private static readonly Guid Id = Guid.CreateVersion7(), Agency = Guid.CreateVersion7(), Mei = Guid.CreateVersion7(), Officer = Guid.CreateVersion7();
    private static readonly Guid First = Guid.CreateVersion7(), Second = Guid.CreateVersion7(), Third = Guid.CreateVersion7();
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Administrator = new(Mei, Agency, [Roles.OrganisationAdministrator]), Stranger = new(Mei, Guid.CreateVersion7(), [Roles.OrganisationAdministrator]);
    private static readonly ClientSecret Secret = ClientSecret.New();

    private static readonly object[] Let =
    [
        new ApiClientCreated(Id, Agency, "ATS", HrAgencyKind.Headhunter, ["jobs:write", "jobs:read"], Mei, Noon), new ApiClientSecretAdded(Id, First, Secret.Hash, Noon),
    ];

    [Fact]
    [Requirement("J-15", "X-25")]
    public void A_verified_agency_lets_a_program_in_with_one_secret() =>
        Given<ApiClient>().When(Create().Decide, at: Noon).Then([.. Let.Cast<ApiClientEvent>()]).AndAgainNothing();

    [Fact]
    [Requirement("J-15")]
    public void An_agency_that_is_not_verified_lets_none_in() =>
        Given<ApiClient>().When((Create() with { Verified = false }).Decide, at: Noon).ThenRefused("organisation.not_verified");

    [Fact]
    [Requirement("J-15", "X-25")]
    public void Who_is_no_agency_lets_none_in() =>
        Given<ApiClient>().When((Create() with { Kind = OrganisationKind.Enterprise }).Decide, at: Noon).ThenRefused("apiclient.agency_only");

    [Fact]
    public void A_second_secret_is_added_and_a_third_is_refused()
    {
        Given<ApiClient>(Let)
            .When(new AddApiClientSecret(Second, "hash", Administrator).Decide, at: Noon).Then(new ApiClientSecretAdded(Id, Second, "hash", Noon)).AndAgainNothing();
        Given<ApiClient>([.. Let, new ApiClientSecretAdded(Id, Second, "hash", Noon)])
            .When(new AddApiClientSecret(Third, "other", Administrator).Decide, at: Noon).ThenRefused("apiclient.secret_limit");
    }

    [Fact]
    public void A_revoked_secret_makes_room_for_another()
    {
        Given<ApiClient>(Let)
            .When(new RevokeApiClientSecret(First, Administrator).Decide, at: Noon).Then(new ApiClientSecretRevoked(Id, First, Mei)).AndAgainNothing();
        Given<ApiClient>([.. Let, new ApiClientSecretAdded(Id, Second, "hash", Noon), new ApiClientSecretRevoked(Id, First, Mei)])
            .When(new AddApiClientSecret(Third, "other", Administrator).Decide, at: Noon).Then(new ApiClientSecretAdded(Id, Third, "other", Noon));
    }

    [Fact]
    public void A_secret_that_was_never_added_is_not_revoked() =>
        Given<ApiClient>(Let).When(new RevokeApiClientSecret(Third, Administrator).Decide, at: Noon).ThenRefused("apiclient.secret_unknown");

    [Fact]
    public void A_revoked_program_stays_out_for_good()
    {
        Given<ApiClient>(Let).When(new RevokeApiClient(Administrator).Decide, at: Noon).Then(new ApiClientRevoked(Id, Mei)).AndAgainNothing();
        var revoked = Given<ApiClient>([.. Let, new ApiClientRevoked(Id, Mei)]);
        revoked.When(new AddApiClientSecret(Second, "hash", Administrator).Decide, at: Noon).ThenRefused("apiclient.revoked");
        revoked.When(new SuspendApiClient("spam", Officer).Decide, at: Noon).ThenRefused("apiclient.revoked");
        revoked.When(new ResumeApiClient(Officer).Decide, at: Noon).ThenRefused("apiclient.revoked");
        revoked.When(new RevokeApiClientSecret(First, Administrator).Decide, at: Noon).Then();
        Assert.False(revoked.State.Accepts(Secret));
    }

    [Fact]
    public void The_committee_suspends_and_resumes()
    {
        Given<ApiClient>(Let).When(new SuspendApiClient("spam", Officer).Decide, at: Noon).Then(new ApiClientSuspended(Id, "spam", Officer)).AndAgainNothing();
        Given<ApiClient>([.. Let, new ApiClientSuspended(Id, "spam", Officer)])
            .When(new ResumeApiClient(Officer).Decide, at: Noon).Then(new ApiClientResumed(Id, Officer)).AndAgainNothing();
    }

    [Fact]
    public void For_strangers_and_programs_there_is_no_client()
    {
        foreach (var caller in (Caller[])[Stranger, new(Id, Agency, [])])
        {
            Given<ApiClient>(Let).When(new AddApiClientSecret(Second, "hash", caller).Decide, at: Noon).ThenRefused("apiclient.unknown");
            Given<ApiClient>(Let).When(new RevokeApiClientSecret(First, caller).Decide, at: Noon).ThenRefused("apiclient.unknown");
            Given<ApiClient>(Let).When(new RevokeApiClient(caller).Decide, at: Noon).ThenRefused("apiclient.unknown");
        }

        Given<ApiClient>().When(new SuspendApiClient("spam", Officer).Decide, at: Noon).ThenRefused("apiclient.unknown");
        Given<ApiClient>().When(new ResumeApiClient(Officer).Decide, at: Noon).ThenRefused("apiclient.unknown");
    }

    [Fact]
    public void A_secret_opens_its_own_client_only_and_never_shows_itself()
    {
        var client = Given<ApiClient>(Let).State;
        Assert.True(client.Accepts(Secret));
        Assert.False(client.Accepts(ClientSecret.New()));
        Assert.False(new ApiClient().Accepts(Secret));
        Assert.Matches("^expo_live_[A-Za-z0-9_-]{43}$", Secret.Text);
        Assert.DoesNotContain(Secret.Text, Secret.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grant_type=client_credentials&client_id=a&client_secret=b", "", "a", "b")]
    [InlineData("grant_type=client_credentials", "Basic YTpi", "a", "b")]
    [InlineData("grant_type=client_credentials", "basic YTpi", "a", "b")]
    [InlineData("grant_type=client_credentials&client_id=a", "Basic YTpi", "a", "b")]
    [InlineData("grant_type=client_credentials&client_secret=&more=1", "Basic YSUzQSs6YiUzQWM=", "a: ", "b:c")]
    public void A_client_says_who_it_is_in_either_way(string form, string authorization, string id, string secret)
    {
        var (request, _, _) = Form(form, authorization).Read();
        Assert.Equal((id, secret), (request!.ClientId, request.ClientSecret));
    }

    [Theory]
    [InlineData("", "", "invalid_request")]
    [InlineData("grant_type=", "Basic YTpi", "invalid_request")]
    [InlineData("grant_type=password&username=a&password=b", "", "unsupported_grant_type")]
    [InlineData("grant_type=refresh_token", "Basic YTpi", "unsupported_grant_type")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", "Basic YTpi", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_secret=b", "Basic YTpi", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=c", "Basic YTpi", "invalid_request")]
    [InlineData("grant_type=client_credentials", "", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=a", "", "invalid_client")]
    [InlineData("grant_type=client_credentials", "Basic", "invalid_client")]
    [InlineData("grant_type=client_credentials", "Basic YWI=", "invalid_client")]
    [InlineData("grant_type=client_credentials", "Basic ####", "invalid_client")]
    [InlineData("grant_type=client_credentials", "Bearer YTpi", "invalid_client")]
    public void What_is_no_token_request_is_refused_in_the_words_of_the_standard(string form, string authorization, string error)
    {
        var (request, said, why) = Form(form, authorization).Read();
        Assert.Null(request);
        Assert.Equal(error, said);
        Assert.StartsWith("oauth.", why!.Code, StringComparison.Ordinal);
    }

    private static CreateApiClient Create() => new(
        Id, Agency, OrganisationKind.HrAgency, true, "ATS", HrAgencyKind.Headhunter, ["jobs:read", "jobs:write", "jobs:read"], First, Secret.Hash, Mei);

    private static ClientTokenForm Form(string form, string authorization) =>
        new(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(form), new StringValues(authorization).ToString());
}
