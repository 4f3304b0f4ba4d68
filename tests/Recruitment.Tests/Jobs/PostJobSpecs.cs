using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;
using Expo.Recruitment.Jobs;
using static Expo.Recruitment.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Recruitment.Tests.Jobs;

public sealed class PostJobSpecs
{
    private static readonly PostJob Post = new(Agency, "AG-1001", Acme, Advert("30000"), [EliteAsked], null);

    [Fact, Requirement("J-13", "J-15")]
    public void A_job_is_posted_once() =>
        Given<JobPosting>().When(Post.Decide, at: Noon).Then(Posted).AndAgainNothing();

    [Fact, Requirement("J-13")]
    public void A_job_that_says_something_else_is_updated()
    {
        var more = Post.Advert with { Openings = 9 };
        Given<JobPosting>(Posted).When((Post with { Advert = more }).Decide, at: Noon.AddDays(1))
            .Then(new JobUpdated(JobA, Acme, more, [InElite], Noon.AddDays(1))).AndAgainNothing();
    }

    [Fact, Requirement("J-13")]
    public void A_job_that_was_closed_or_expired_comes_back_as_a_new_one()
    {
        var reopened = new JobReopened(JobA, Acme, Post.Advert, [InElite], Noon.AddDays(1));
        Given<JobPosting>(Posted, Closed).When(Post.Decide, at: Noon.AddDays(1)).Then(reopened).AndAgainNothing();
        Given<JobPosting>(Posted, Expired).When(Post.Decide, at: Noon.AddDays(1)).Then(reopened).AndAgainNothing();
    }

    [Fact, Requirement("J-15")]
    public void Nothing_is_posted_for_an_employer_that_did_not_approve_the_agency()
    {
        Given<JobPosting>().When((Post with { EmployerId = null }).Decide, at: Noon).ThenRefused("employer.unknown");
        Given<JobPosting>(Posted).When((Post with { EmployerId = null }).Decide, at: Noon).ThenRefused("employer.unknown");
    }

    [Fact, Requirement("J-13")]
    public void A_job_whose_time_is_over_is_not_posted() =>
        Given<JobPosting>().When(Post.Decide, at: End).ThenRefused("date.in_past");

    [Fact, Requirement("J-13")]
    public void A_job_is_open_for_at_most_ninety_days_and_not_after_the_edition()
    {
        Given<JobPosting>().When(Post.Decide, at: End.AddDays(-90)).Then(Posted with { At = End.AddDays(-90) });
        Given<JobPosting>().When(Post.Decide, at: End.AddDays(-90).AddSeconds(-1)).ThenRefused("date.too_late");
        Given<JobPosting>().When((Post with { OnlineEnd = new("online_end", new(2023, 4, 20), RuleKind.Hard) }).Decide, at: Noon).Then(Posted);
        Given<JobPosting>().When((Post with { OnlineEnd = new("online_end", new(2023, 4, 19), RuleKind.Hard) }).Decide, at: Noon).ThenRefused("date.after_edition");
    }

    [Fact, Requirement("J-03")]
    public void A_job_that_a_fair_refuses_is_posted_all_the_same()
    {
        var poor = Advert("16666.66");
        var entry = FairAdmission.Judge(EliteAsked, poor);
        Assert.Equal((FairEntryState.Refused, "fair.salary_below_floor"), (entry.State, entry.Refusal!.Code));
        Given<JobPosting>().When((Post with { Advert = poor }).Decide, at: Noon).Then(Posted with { Advert = poor, Fairs = [entry] }).AndAgainNothing();
    }

    [Fact, Requirement("J-03")]
    public void A_changed_rule_of_a_fair_counts_from_the_next_put()
    {
        var higher = Elite with { MinAnnualSalary = Elite.MinAnnualSalary! with { Threshold = new Money("500000", "CNY") } };
        var entry = FairAdmission.Judge(EliteAsked with { Definition = higher }, Post.Advert);
        Given<JobPosting>(Posted).When((Post with { Fairs = [EliteAsked with { Definition = higher }] }).Decide, at: Noon)
            .Then(new JobUpdated(JobA, Acme, Post.Advert, [entry], Noon)).AndAgainNothing();
    }

    [Fact, Requirement("J-13")]
    public void A_job_is_closed_once()
    {
        Given<JobPosting>(Posted).When(new CloseJob(CloseReason.Filled).Decide, at: Noon).Then(Closed).AndAgainNothing();
        Given<JobPosting>(Posted, Expired).When(new CloseJob(CloseReason.Filled).Decide, at: Noon).Then(Closed);
    }

    [Fact, Requirement("J-13")]
    public void A_job_that_is_closed_for_another_reason_or_not_there_is_not_closed()
    {
        Given<JobPosting>(Posted, Closed).When(new CloseJob(CloseReason.Withdrawn).Decide, at: Noon).ThenRefused("job.closed");
        Given<JobPosting>().When(new CloseJob(CloseReason.Filled).Decide, at: Noon).ThenRefused("job.unknown");
    }

    [Fact, Requirement("J-13")]
    public void A_job_expires_when_its_time_is_over_and_not_before()
    {
        Given<JobPosting>(Posted).When(new ExpireJob().Decide, at: End.AddSeconds(-1)).Then();
        Given<JobPosting>(Posted).When(new ExpireJob().Decide, at: End).Then(Expired).AndAgainNothing();
        Given<JobPosting>(Posted, Closed).When(new ExpireJob().Decide, at: End).Then();
        Given<JobPosting>().When(new ExpireJob().Decide, at: End).Then();
    }
}
