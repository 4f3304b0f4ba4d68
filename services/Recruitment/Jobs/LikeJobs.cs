using System.Text.Json.Nodes;
using Expo.Kernel.Vocabulary;
using Marten;

namespace Expo.Recruitment.Jobs;

/// <summary>Something that an agency should know of its job, without being kept from posting it.</summary>
public sealed record JobWarning(string Code, Text Detail, IReadOnlyDictionary<string, string> Params);

/// <summary>Whether two adverts seem to be about the same job.</summary>
public static class Likeness
{
    /// <summary>The titles say the same but for signs and capitals, or one has the other in it, and both are remote or have a place in common.</summary>
    public static bool Between(JobAdvert one, JobAdvert other)
    {
        var (title, otherTitle) = (Plain(one.Title.Zh), Plain(other.Title.Zh));
        return title.Length > 0 && otherTitle.Length > 0
            && (title.Contains(otherTitle, StringComparison.Ordinal) || otherTitle.Contains(title, StringComparison.Ordinal))
            && ((one.Remote && other.Remote) || (one.Locations ?? []).Any(place => (other.Locations ?? []).Any(otherPlace => Same(place, otherPlace))));
    }

    private static bool Same(JobLocation one, JobLocation other) =>
        one.Country == other.Country && one.Province == other.Province && (one.City is null || other.City is null || one.City == other.City);

    private static string Plain(string title) => string.Concat(title.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

/// <summary>Open jobs of the same employer that other agencies posted.</summary>
internal sealed class LikeJobs(IQuerySession session)
{
    private const int Looked = 200;

    /// <summary>A warning for each that seems to be the same job; those of an employer that wishes not to be named are not looked at.</summary>
    public async Task<IReadOnlyList<JobWarning>> Warnings(Guid agency, Guid employer, JobAdvert advert, CancellationToken ct)
    {
        var part = new JsonObject
        {
            [nameof(JobPosting.Status)] = "published",
            [nameof(JobPosting.EmployerId)] = employer,
            [nameof(JobPosting.Advert)] = new JsonObject { [nameof(JobAdvert.ConfidentialEmployer)] = false },
        };
        var others = await session.QueryAsync<JobPosting>(
            "where d.data @> ?::jsonb and d.agency_id <> ? order by d.id limit ?", ct, part.ToJsonString(), agency, Looked);
        return others.Where(other => Likeness.Between(advert, other.Advert!)).Select(other => new JobWarning(
            "job.possible_duplicate", new Text("其他机构已为该单位发布类似职位。", "Another agency has posted a similar job for this employer."),
            new Dictionary<string, string> { ["jobId"] = other.Id.ToString() })).ToArray();
    }
}
