using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Editions;

/// <summary>The new last day, and why.</summary>
public sealed record MoveDeadlineRequest([Needed] DateOnly? Date, [Needed, LengthUpTo(500)] string Reason);

/// <summary>Move a deadline; a hard one only while it has not passed.</summary>
public sealed record MoveDeadline(string Code, DateOnly Date, string Reason, Guid Officer)
{
    /// <summary>The move is an override: it carries who and why, which sets a soft deadline aside but never a hard one.</summary>
    public Decision<EditionEvent> Decide(Edition edition, DateTimeOffset now) => edition.Deadlines.FirstOrDefault(d => d.Code == Code) switch
    {
        _ when edition.Announced is null => Edition.Unknown,
        null => Refusal.Unknown("deadline.unknown", "该届大会没有这个截止事项。", "This edition has no such deadline."),
        { } deadline when deadline.Date == Date => Decision<EditionEvent>.Nothing,
        { } deadline when deadline.Check(now, new Override(Officer, Reason)) is { } passed => passed,
        { } deadline => new DeadlineMoved(edition.Id, edition.Announced.Code, deadline with { Date = Date }, deadline.Date, Reason, Officer),
    };
}

internal static class MoveDeadlineEndpoint
{
    public static void Map(RouteGroupBuilder editions) => editions
        .MapPut("/{edition}/deadlines/{deadline}", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("E-14")
        .WithName(nameof(MoveDeadline))
        .WithSummary("Move a deadline and say why");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, string deadline, MoveDeadlineRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var command = new MoveDeadline(deadline, body.Date!.Value, body.Reason, caller.AccountId);
        return streams.Decide<Edition, EditionEvent>(Edition.IdOf(edition), command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
