using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Editions;

/// <summary>The edition that the committee announces.</summary>
public sealed record AnnounceEditionRequest(
    [Needed, RegularExpression("^[a-z][a-z0-9_]{1,39}$", ErrorMessage = "Two to forty lower-case letters, digits and underscores.")] string Code,
    [Within(1, 999)] int Number,
    [Within(1978, 2999)] int Year,
    [Needed] DeliveryMode? DeliveryMode,
    [Needed, TextUpTo(200)] Text Name,
    [TextUpTo(500)] Text? Theme,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(31)] IReadOnlyList<DateOnly> OpenDays,
    [CountUpTo(31)] IReadOnlyList<DateOnly>? ArrivalDays,
    [CountUpTo(31)] IReadOnlyList<DateOnly>? MoveInDays,
    [CountUpTo(200)] IReadOnlyList<OrganiserRequest>? Organisers,
    [CountUpTo(50)] IReadOnlyList<DeadlineRequest>? Deadlines,
    Availability? Availability,
    [Within(0, 100)] int? PassesPerBooth);

/// <summary>One organiser of the edition.</summary>
public sealed record OrganiserRequest([Needed] OrganiserRole? Role, [Needed, TextUpTo(200)] Text Name);

/// <summary>One deadline of the edition; its day still counts.</summary>
public sealed record DeadlineRequest([Needed, LengthUpTo(40)] string Code, [Needed] DateOnly? Date, [Needed] RuleKind? Kind);

/// <summary>Announce an edition, once.</summary>
public sealed record AnnounceEdition(EditionAnnounced Announcement)
{
    /// <summary>The same announcement again is none; another one under the same code is a conflict.</summary>
    public Decision<EditionEvent> Decide(Edition edition, DateTimeOffset now) => edition.Announced switch
    {
        null when Announcement.Deadlines.DistinctBy(d => d.Code).Count() < Announcement.Deadlines.Count => Refusal.Rule(
            "edition.deadline_repeated", "同一截止事项出现了两次。", "The same deadline is given twice."),
        null => Announcement,
        { } announced when Same(announced, Announcement) => Decision<EditionEvent>.Nothing,
        _ => Refusal.Conflict("edition.announced", "该届大会已按其他内容发布。", "This edition was announced with other content."),
    };

    // Records compare their lists by reference; here their members count.
    private static bool Same(EditionAnnounced a, EditionAnnounced b) =>
        a == b with
        {
            OpenDays = a.OpenDays, ArrivalDays = a.ArrivalDays, MoveInDays = a.MoveInDays, Organisers = a.Organisers, Deadlines = a.Deadlines,
        }
        && a.OpenDays.SequenceEqual(b.OpenDays) && a.ArrivalDays.SequenceEqual(b.ArrivalDays) && a.MoveInDays.SequenceEqual(b.MoveInDays)
        && a.Organisers.SequenceEqual(b.Organisers) && a.Deadlines.SequenceEqual(b.Deadlines);
}

internal static class AnnounceEditionEndpoint
{
    private const int PassesPerBooth = 3;

    public static void Map(RouteGroupBuilder editions) => editions
        .MapPost("", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("E-01", "E-02", "E-03", "E-04", "E-05", "E-11", "E-14", "E-15")
        .WithName(nameof(AnnounceEdition))
        .WithSummary("Announce an edition with its days and deadlines");

    private static Task<Results<Created<EditionDetails>, ProblemHttpResult>> Handle(
        AnnounceEditionRequest body, Call call, Streams streams, CancellationToken ct)
    {
        call.Edition = body.Code;
        var announcement = Announcement(body);
        var reply = Reply.Created($"/api/registration/v1/editions/{body.Code}", EditionDetails.Of(new Edition().Evolve(announcement)));
        return streams.Decide<Edition, EditionEvent>(
            announcement.EditionId, new AnnounceEdition(announcement).Decide, new With { Reply = reply }, ct).CreatedOrProblem<EditionDetails>();
    }

    private static EditionAnnounced Announcement(AnnounceEditionRequest body) => new(
        Edition.IdOf(body.Code), body.Code, body.Number, body.Year, body.DeliveryMode!.Value, body.Availability ?? Availability.EditionOnly, body.Name, body.Theme,
        Days(body.OpenDays), Days(body.ArrivalDays), Days(body.MoveInDays),
        (body.Organisers ?? []).Select(o => new Organiser(o.Role!.Value, o.Name)).ToArray(),
        (body.Deadlines ?? []).Select(d => new Deadline(d.Code, d.Date!.Value, d.Kind!.Value)).ToArray(),
        body.PassesPerBooth ?? PassesPerBooth);

    private static DateOnly[] Days(IReadOnlyList<DateOnly>? days) => (days ?? []).Distinct().Order().ToArray();
}
