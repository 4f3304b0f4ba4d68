using System.Text.Json;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Forum.Series;

/// <summary>A forum that comes again from expo to expo (第三届, 第十届); it belongs to no edition (requirement F-02).</summary>
public sealed record ForumSeries(Guid Id, string Code, SeriesDefinition? Definition) : IState<ForumSeries>
{
    /// <summary>There is none, or none under that code.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("series.unknown", "没有这个系列论坛。", "There is no such forum series.");

    /// <summary>A series that nobody defined.</summary>
    public ForumSeries()
        : this(Guid.Empty, "", null)
    {
    }

    /// <summary>One series for each code.</summary>
    public static Guid IdOf(string code) => NaturalId.For("forum-series", code);

    /// <inheritdoc />
    public ForumSeries Evolve(object @event) => @event switch
    {
        SeriesDefined e => new(e.SeriesId, e.Code, e.Definition),
        _ => this,
    };
}

/// <summary>What a series is; stored as it is written.</summary>
/// <param name="Tier">What sort of forum each one is.</param>
/// <param name="Name">Its name without a number.</param>
/// <param name="Edition">The number of the latest one, if they are counted.</param>
/// <param name="Organisers">Who is behind it.</param>
public sealed record SeriesDefinition(
    [Needed] ForumTier? Tier, [Needed, TextUpTo(200)] Text Name, [Within(1, 999)] int? Edition, [Needed, CountUpTo(50)] IReadOnlyList<Organiser> Organisers)
{
    /// <summary>Whether it says the same, member for member.</summary>
    public bool Says(SeriesDefinition? other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);

    /// <summary>Whether a forum may be this one of the series: the latest or the next; none where they are not counted.</summary>
    public bool MayBe(int? edition) => Edition is { } latest ? edition == latest || edition == latest + 1 : edition is null;
}
