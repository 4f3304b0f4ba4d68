using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Registration.Editions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Delegations;

/// <summary>Delegations for an edition's list.</summary>
public sealed record EnrolDelegationsRequest([Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(200)] IReadOnlyList<DelegationRequest> Delegations);

/// <summary>One delegation; the section only if it has a place on the floor plan.</summary>
public sealed record DelegationRequest([Needed, TextUpTo(50)] Text Name, [Needed] DelegationKind? Kind, [LengthUpTo(40)] string? Section);

/// <summary>What came of the list, in its order.</summary>
public sealed record DelegationsEnrolled(IReadOnlyList<DelegationOutcome> Results);

/// <summary>What came of one delegation: enrolled, unchanged or failed with a code.</summary>
public sealed record DelegationOutcome(Guid Id, Text Name, string Outcome, string? Code);

/// <summary>Put a delegation on an edition's list.</summary>
public sealed record EnrolDelegation(DelegationEnrolled Enrolment)
{
    /// <summary>The same delegation again is none; another one of the same name is a conflict.</summary>
    public Decision<DelegationEvent> Decide(Delegation delegation, DateTimeOffset now) => delegation.Enrolled switch
    {
        null => Enrolment,
        { } enrolled when enrolled == Enrolment => Decision<DelegationEvent>.Nothing,
        _ => Refusal.Conflict("delegation.enrolled", "该代表团已按其他内容登记。", "This delegation was enrolled with other content."),
    };
}

internal static class EnrolDelegationsEndpoint
{
    public static void Map(RouteGroupBuilder delegations) => delegations
        .MapPost("", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("R-14")
        .WithName("EnrolDelegations")
        .WithSummary("Put delegations on an edition's list; items are independent, and a repeat changes nothing");

    private static async Task<Results<Ok<DelegationsEnrolled>, ProblemHttpResult>> Handle(
        string edition, EnrolDelegationsRequest body, EditionCalendar editions, Call call, Streams streams, CancellationToken ct)
    {
        if (await editions.Find(edition, ct) is null)
            return EditionCalendar.Unknown.ToProblem();

        // Many streams, many transactions: each item is idempotent by its name, so the request needs no key of its own.
        call.Idempotent = null;
        var results = new List<DelegationOutcome>();
        foreach (var item in body.Delegations)
            results.Add(await Enrol(edition, item, streams, ct));
        call.Version = null;
        return TypedResults.Ok(new DelegationsEnrolled(results));
    }

    private static async Task<DelegationOutcome> Enrol(string edition, DelegationRequest item, Streams streams, CancellationToken ct)
    {
        var enrolment = new DelegationEnrolled(Delegation.IdOf(edition, item.Name.Zh), edition, item.Name, item.Kind!.Value, item.Section);
        var outcome = await streams.Decide<Delegation, DelegationEvent>(enrolment.DelegationId, new EnrolDelegation(enrolment).Decide, ct);
        return new DelegationOutcome(
            enrolment.DelegationId, item.Name, outcome switch { { Accepted: false } => "failed", { Appended: 0 } => "unchanged", _ => "enrolled" },
            outcome.Refusal?.Code);
    }
}
