using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Fairs;

/// <summary>Define a fair of an edition, or define it anew.</summary>
public sealed record DefineFair(string EditionCode, string Code, FairDefinition Definition)
{
    /// <summary>Jobs that are in the fair, or were refused, stay so until they are next put.</summary>
    public Decision<FairEvent> Decide(JobFair fair, DateTimeOffset now) => Definition.Says(fair.Definition)
        ? Decision<FairEvent>.Nothing
        : new FairDefined(JobFair.IdOf(EditionCode, Code), EditionCode, Code, Definition);
}

internal static class DefineFairEndpoint
{
    public static void Map(RouteGroupBuilder fairs) => fairs
        .MapPut("/{code}", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("J-01", "J-02", "J-07", "J-10", "J-11")
        .WithName(nameof(DefineFair))
        .WithSummary("Define a job fair with its rules, or define it anew");

    private static async Task<Results<NoContent, InvalidFields, ProblemHttpResult>> Handle(
        string edition, [LengthUpTo(64), RegularExpression(Names.Codes, ErrorMessage = Names.CodesSaid)] string code, FairDefinition body, IfMatch ifMatch,
        Streams streams, CancellationToken ct)
    {
        if (FairRules.Check(body) is { Count: > 0 } wrong)
            return new InvalidFields(wrong);

        var outcome = await streams.Decide<JobFair, FairEvent>(
            JobFair.IdOf(edition, code), new DefineFair(edition, code, body).Decide, new With { IfMatch = ifMatch }, ct);
        return outcome.Refusal is { } why ? why.ToProblem() : TypedResults.NoContent();
    }
}
