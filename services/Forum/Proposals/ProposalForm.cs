using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Forum.Proposals;

/// <summary>What an organisation writes into a forum proposal; stored as it is written. The fields are our proposal (requirements, A9). Speakers are added one by one, and files are not taken yet.</summary>
/// <param name="WorkingGroup">The group that it is sent to.</param>
/// <param name="Title">The forum's title.</param>
/// <param name="Tier">What sort of forum it is.</param>
/// <param name="Series">The code of the series it belongs to.</param>
/// <param name="SeriesEdition">Which one of the series it is.</param>
/// <param name="Organisers">The host, co-hosts and others, with their roles.</param>
/// <param name="Aim">What it is for.</param>
/// <param name="Topics">What it is about.</param>
/// <param name="OtherTopics">Topics that have no code.</param>
/// <param name="Format">The form that it takes.</param>
/// <param name="Agenda">The draft agenda.</param>
/// <param name="Audience">How many people are expected.</param>
/// <param name="Languages">What is spoken (BCP 47).</param>
/// <param name="Interpreting">How it is interpreted.</param>
/// <param name="Preferred">The time wished for.</param>
/// <param name="Seats">The size of room wished for; none when it is held online.</param>
/// <param name="DeliveryMode">On the ground, on the net or both.</param>
/// <param name="LiveStream">Whether it is streamed.</param>
/// <param name="MediaPlan">What is planned with the media.</param>
/// <param name="Budget">What it costs.</param>
/// <param name="ContentAnswers">What the proposer answers to the content review's questions.</param>
public sealed record ProposalForm(
    [Needed] WorkingGroup? WorkingGroup,
    [Needed, TextUpTo(200)] Text Title,
    [Needed] ForumTier? Tier,
    [LengthUpTo(64)] string? Series,
    [Within(1, 999)] int? SeriesEdition,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(50)] IReadOnlyList<Organiser> Organisers,
    [Needed, TextUpTo(2000)] Text Aim,
    [Needed, CountUpTo(13)] IReadOnlyList<ForumTopic> Topics,
    [TextUpTo(500)] Text? OtherTopics,
    SessionFormat? Format,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(100)] IReadOnlyList<AgendaItem> Agenda,
    [Needed, Within(1, 100_000)] int? Audience,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(10)] IReadOnlyList<string> Languages,
    [Needed] Interpreting? Interpreting,
    [Needed] PreferredSlot Preferred,
    [Within(1, 100_000)] int? Seats,
    [Needed] DeliveryMode? DeliveryMode,
    bool LiveStream,
    [TextUpTo(2000)] Text? MediaPlan,
    Money? Budget,
    [Needed] ContentAnswers ContentAnswers)
{
    /// <summary>Whether a room is asked for.</summary>
    internal bool WantsRoom => DeliveryMode != Kernel.Vocabulary.DeliveryMode.Online;

    /// <summary>Whether it says the same, member for member.</summary>
    public bool Says(ProposalForm? other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);
}

/// <summary>The time wished for, on one day, in Shanghai.</summary>
public sealed record PreferredSlot([Needed] DateOnly? Day, [Needed] TimeOnly? From, [Needed] TimeOnly? To)
{
    internal Slot Slot => new(Day!.Value, From!.Value, To!.Value);
}

/// <summary>One item of the draft agenda; who speaks is not said here.</summary>
public sealed record AgendaItem([Needed] TimeOnly? From, [Needed, Within(1, 1440)] int? Minutes, [Needed, TextUpTo(200)] Text Title);

/// <summary>What the proposer answers to the content review's questions (非敏感话题原则); the questions are ours.</summary>
/// <param name="ServesNationalStrategy">Whether it is about national strategy.</param>
/// <param name="InternationallySensitive">Whether it touches on anything internationally sensitive.</param>
/// <param name="Explanation">How it is seen to that it does not.</param>
public sealed record ContentAnswers([Needed] bool? ServesNationalStrategy, [Needed] bool? InternationallySensitive, [TextUpTo(1000)] Text? Explanation);
