using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>A speaker: a name in Chinese or in Latin letters, a title, a country (ISO 3166-1 alpha-2), and what they do.</summary>
public sealed record NameSpeakerRequest(
    [LengthUpTo(100)] string? NameZh,
    [LengthUpTo(100)] string? NameEn,
    [LengthUpTo(200)] string? Title,
    [Needed, RegularExpression("^[A-Z]{2}$", ErrorMessage = "Write the country as two capitals, such as CN.")] string Country,
    [Needed] SpeechKind? Kind,
    bool Confirmed) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        string.IsNullOrWhiteSpace(NameZh) && string.IsNullOrWhiteSpace(NameEn) ? [new ValidationResult("field.required", [nameof(NameZh)])] : [];
}

/// <summary>Who a speaker is; a personal row outside the events.</summary>
public sealed record SpeakerDetails(string? NameZh, string? NameEn, string? Title, string Country);

/// <summary>The new speaker's id.</summary>
public sealed record NamedSpeaker(Guid SpeakerId);

/// <summary>Name a speaker of a forum.</summary>
public sealed record NameSpeaker(ProposalReader By, Guid SpeakerId, SpeechKind Kind, bool Confirmed)
{
    private const int Most = 200;

    /// <summary>While the proposer may change the proposal.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Owns(proposal) => ProposalRefusals.Unknown,
        _ when proposal.Speakers.Any(speaker => speaker.Id == SpeakerId) => Decision<ProposalEvent>.Nothing,
        { IsOpen: false } => ProposalRefusals.WrongState(proposal),
        { Speakers.Count: >= Most } => Refusal.Rule("speaker.too_many", $"最多 {Most} 位嘉宾。", $"A forum has at most {Most} speakers."),
        _ => new SpeakerNamed(proposal.Id, SpeakerId, Kind, Confirmed),
    };
}

/// <summary>Take a speaker off the list.</summary>
public sealed record StrikeSpeaker(ProposalReader By, Guid SpeakerId)
{
    /// <summary>One who is not on it is off it.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Owns(proposal) => ProposalRefusals.Unknown,
        { IsOpen: false } => ProposalRefusals.WrongState(proposal),
        _ when proposal.Speakers.All(speaker => speaker.Id != SpeakerId) => Decision<ProposalEvent>.Nothing,
        _ => new SpeakerStruckOff(proposal.Id, SpeakerId),
    };
}

internal static class SpeakerEndpoints
{
    public static void Map(RouteGroupBuilder proposals)
    {
        proposals.MapPost("/{proposalId:guid}/speakers", Name).Allow(Roles.OrganisationAdministrator).Fulfils("F-03", "F-05")
            .WithName(nameof(NameSpeaker)).WithSummary("Name a speaker of your forum");
        proposals.MapDelete("/{proposalId:guid}/speakers/{speakerId:guid}", Strike).Allow(Roles.OrganisationAdministrator)
            .WithName(nameof(StrikeSpeaker)).WithSummary("Take a speaker off the list");
    }

    private static Task<Results<Created<NamedSpeaker>, ProblemHttpResult>> Name(
        string edition, Guid proposalId, NameSpeakerRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var command = new NameSpeaker(ProposalReader.Of(edition, caller), Guid.CreateVersion7(), body.Kind!.Value, body.Confirmed);
        return streams.Decide<ForumProposal, ProposalEvent>(proposalId, command.Decide, new With
        {
            IfMatch = ifMatch,
            Personal = [new PersonalCard(command.SpeakerId, new SpeakerDetails(body.NameZh, body.NameEn, body.Title, body.Country))],
            Reply = Reply.Created($"/api/forum/v1/editions/{edition}/proposals/{proposalId}", new NamedSpeaker(command.SpeakerId)),
        }, ct).CreatedOrProblem<NamedSpeaker>();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Strike(
        string edition, Guid proposalId, Guid speakerId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ForumProposal, ProposalEvent>(
            proposalId, new StrikeSpeaker(ProposalReader.Of(edition, caller), speakerId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
