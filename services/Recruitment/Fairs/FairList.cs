using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Recruitment.Jobs;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Fairs;

/// <summary>A fair as everybody may see it.</summary>
public sealed record ListedFair(Guid Id, string Edition, string Code, FairDefinition Definition);

/// <summary>The fairs that jobs ask for.</summary>
internal sealed class FairBook(IQuerySession session)
{
    /// <summary>The fairs of an edition with these codes, as asked for; one that does not exist has no definition.</summary>
    public async Task<IReadOnlyList<RequestedFair>> Of(string edition, IReadOnlyList<string> codes, CancellationToken ct)
    {
        var ids = codes.Distinct().ToDictionary(code => code, code => JobFair.IdOf(edition, code));
        var known = (await session.LoadManyAsync<JobFair>(ct, ids.Values)).ToDictionary(fair => fair.Id);
        return ids.Select(fair => new RequestedFair(fair.Value, edition, fair.Key, known.GetValueOrDefault(fair.Value)?.Definition)).ToArray();
    }
}

internal static class FairListEndpoints
{
    public static void Map(RouteGroupBuilder fairs)
    {
        fairs.MapGet("", List).AllowAnonymous().Fulfils("J-01").WithName("ListFairs").WithSummary("The job fairs of an edition, by code");
        fairs.MapGet("/{code}", One).AllowAnonymous().Fulfils("J-01").WithName("GetFair").WithSummary("One job fair with its rules");
        fairs.MapGet("/{code}/jobs", Jobs).AllowAnonymous().Fulfils("J-03").WithName("ListFairJobs").WithSummary("The open jobs of a fair, the newest first");
        fairs.MapHistory<JobFair>("GetFairHistory", FairRefusals.Unknown, (_, _) => true).Allow(Roles.CommitteeOfficer);
    }

    private static async Task<Ok<Page<ListedFair>>> List(string edition, Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<JobFair>(
            "where d.edition_code = ? and d.data ->> 'Code' > ? order by d.data ->> 'Code' limit ?", ct, edition, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ListedFair>.Of(rows.Select(Show).ToArray(), paging.Limit, fair => fair.Code));
    }

    private static async Task<Results<Ok<ListedFair>, ProblemHttpResult>> One(string edition, string code, Streams streams, CancellationToken ct) =>
        ((await streams.Read<JobFair>(JobFair.IdOf(edition, code), ct)).State is { } fair ? Show(fair) : null).OkOr(FairRefusals.Unknown);

    private static async Task<Results<Ok<Page<ListedJob>>, ProblemHttpResult>> Jobs(
        string edition, string code, Paging paging, OpenJobs jobs, IQuerySession session, CancellationToken ct) =>
        await session.LoadAsync<JobFair>(JobFair.IdOf(edition, code), ct) is { } fair
            ? TypedResults.Ok(await jobs.Page(new OpenJobsFilter { FairId = fair.Id }, paging, ct))
            : FairRefusals.Unknown.ToProblem();

    private static ListedFair Show(JobFair fair) => new(fair.Id, fair.EditionCode, fair.Code, fair.Definition!);
}
