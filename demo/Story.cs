using Expo.Demo.Acts;

namespace Expo.Demo;

/// <summary>One exhibitor's way from sign-up to the gate, and what else it does at the expo: jobs by an agency, a forum, a need that is answered; told through the public API.</summary>
public static class Story
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    /// <summary>Plays it and tells it; a second time finds the edition and its plan and brings another exhibitor.</summary>
    public static async Task<StoryResult> PlayAsync(HttpClient gateway, string committeePassword, TextWriter output, CancellationToken ct)
    {
        var committee = Session.Of(gateway, "committee", committeePassword);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(Shanghai).DateTime);
        var stage = new Stage(gateway, committee, Fixture.Read(), today, new Narrator(output));

        await stage.SignInCommittee(ct);
        await AnnounceEdition.Play(stage, ct);
        await DrawFloorPlan.Play(stage, ct);
        await EnrolDelegations.Play(stage, ct);
        var colleagues = await GiveRoles.Play(stage, ct);
        stage.Narrator.Act("参展单位", "The exhibitor");
        var exhibitor = await SignUpOrganisation.Play(stage, "exhibitor", "测试科技公司", "Test Technology", "enterprise", ct);
        var people = await NameStaff.Play(stage, exhibitor, ct);
        var booking = await ApplyForBooth.Play(stage, exhibitor, people[0], ct);
        await SettleAgreement.Play(stage, exhibitor, colleagues.Finance, booking, ct);
        var badges = await IssuePasses.Play(stage, exhibitor, people, ct);
        var checkIn = await CheckIn.Play(stage, colleagues.Gate, badges[0], ct);
        await HoldJobFairs.Play(stage, ct);
        var jobs = await PostJobs.Play(stage, exhibitor, ct);
        var forum = await HoldForum.Play(stage, exhibitor, ct);
        var (need, interest) = await MatchNeed.Play(stage, exhibitor, ct);
        await TellHistory.Play(stage, ct);

        return new StoryResult(
            stage.Edition, exhibitor.Id, people, booking.ApplicationId, booking.BoothId, booking.AgreementId,
            [.. badges.Select(badge => badge.PassId)], checkIn, badges[0].Token, badges[0].Picture,
            jobs, forum, need, interest);
    }
}

/// <summary>What the story left behind.</summary>
/// <param name="Edition">The edition's code.</param>
/// <param name="OrganisationId">The exhibitor.</param>
/// <param name="People">Its booth staff, as <see cref="People.Staff"/> lists them.</param>
/// <param name="ApplicationId">Its booth application.</param>
/// <param name="BoothId">Its booth.</param>
/// <param name="AgreementId">Its agreement.</param>
/// <param name="Passes">The staff's passes.</param>
/// <param name="CheckInId">The first pass's check-in.</param>
/// <param name="QrToken">What the first pass's QR says.</param>
/// <param name="QrFile">Its picture (PNG).</param>
/// <param name="Jobs">The jobs that an agency posted for the exhibitor: at the elite fair's floor, above it, and above it by fourteen months' pay.</param>
/// <param name="ForumId">The forum that it proposed.</param>
/// <param name="ListingId">The need that it published.</param>
/// <param name="InterestId">The answer to it.</param>
public sealed record StoryResult(
    string Edition, Guid OrganisationId, IReadOnlyList<Guid> People, Guid ApplicationId, Guid BoothId, Guid AgreementId,
    IReadOnlyList<Guid> Passes, Guid CheckInId, string QrToken, string QrFile, IReadOnlyList<Guid> Jobs, Guid ForumId, Guid ListingId,
    Guid InterestId);
