using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Employers;

/// <summary>In what an agency may act; none said: in anything.</summary>
public sealed record ApproveAgencyRequest([CountUpTo(7)] IReadOnlyList<HrAgencyKind>? Kinds);

/// <summary>Let an agency post jobs for an employer.</summary>
/// <param name="EmployerId">The employer, or nobody while it is not verified.</param>
/// <param name="AgencyId">The agency, or nobody when there is no verified one.</param>
/// <param name="Kinds">In what.</param>
public sealed record ApproveAgency(Guid? EmployerId, Guid? AgencyId, IReadOnlyList<HrAgencyKind> Kinds)
{
    /// <summary>One verified organisation approves another that is an agency.</summary>
    public Decision<HirerEvent> Decide(HirerRelationship relationship, DateTimeOffset now) => relationship switch
    {
        _ when EmployerId is null => VerifiedOrganisations.NotVerified,
        _ when AgencyId is null => HirerRefusals.AgencyUnknown,
        { Status: HirerStatus.Approved } when relationship.Kinds.SequenceEqual(Kinds) => Decision<HirerEvent>.Nothing,
        _ => new AgencyApproved(HirerRelationship.IdOf(EmployerId.Value, AgencyId.Value), EmployerId.Value, AgencyId.Value, Kinds),
    };
}

internal static class ApproveAgencyEndpoint
{
    public static void Map(RouteGroupBuilder agencies) => agencies
        .MapPut("/{agencyId:guid}", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("J-15", "X-25")
        .WithName(nameof(ApproveAgency))
        .WithSummary("Let a human-resources agency post jobs for your organisation");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid agencyId, ApproveAgencyRequest? body, Caller caller, IfMatch ifMatch, VerifiedOrganisations organisations, Agencies agencies, Streams streams,
        CancellationToken ct)
    {
        var agency = await agencies.Find(agencyId, ct);
        var employer = await organisations.Of(caller, ct);
        var command = new ApproveAgency(employer?.Id, agency?.Id, body?.Kinds?.Distinct().ToArray() ?? []);
        var id = HirerRelationship.IdOf(caller.OrganisationId ?? Guid.Empty, agencyId);
        return await streams.Decide<HirerRelationship, HirerEvent>(id, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
