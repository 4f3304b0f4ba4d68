using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Employers;

/// <summary>Whom a name stands for.</summary>
public sealed record BindEmployerRequest([Needed] Guid? OrganisationId);

/// <summary>Give an employer that approved the agency a name of the agency's own.</summary>
/// <param name="AgencyId">The agency.</param>
/// <param name="EmployerRef">The name.</param>
/// <param name="EmployerId">The employer, or nobody when it has not approved the agency.</param>
public sealed record BindEmployer(Guid AgencyId, string EmployerRef, Guid? EmployerId)
{
    /// <summary>A name never comes to mean somebody else, so that no job changes hands by it.</summary>
    public Decision<EmployerReferenceEvent> Decide(EmployerReference reference, DateTimeOffset now) => reference switch
    {
        _ when EmployerId is null => HirerRefusals.EmployerUnknown,
        { EmployerId: { } bound } when bound == EmployerId => Decision<EmployerReferenceEvent>.Nothing,
        { EmployerId: not null } => Refusal.Conflict(
            "employer.ref_bound", "该编号已用于另一家用人单位，请另选编号。", "This reference stands for another employer. Choose another one."),
        _ => new EmployerBound(EmployerReference.IdOf(AgencyId, EmployerRef), AgencyId, EmployerRef, EmployerId.Value),
    };
}

internal static class BindEmployerEndpoint
{
    public static void Map(RouteGroupBuilder employers) => employers
        .MapPut("/{employerRef}", Handle)
        .AllowScope("jobs:write")
        .Fulfils("J-15")
        .WithName(nameof(BindEmployer))
        .WithSummary("Give an employer that approved your agency a reference of your own");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        [LengthUpTo(64), RegularExpression(Names.External, ErrorMessage = Names.ExternalSaid)] string employerRef, BindEmployerRequest body, Caller caller,
        Hirers hirers, Streams streams, CancellationToken ct)
    {
        var agency = caller.OrganisationId ?? Guid.Empty;
        var command = new BindEmployer(agency, employerRef, await hirers.Approved(agency, body.OrganisationId!.Value, ct) ? body.OrganisationId : null);
        return await streams.Decide<EmployerReference, EmployerReferenceEvent>(EmployerReference.IdOf(agency, employerRef), command.Decide, ct).NoContentOrProblem();
    }
}
