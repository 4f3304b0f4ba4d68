using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Editions;

/// <summary>An edition as the committee announced it, with its deadlines as they are now.</summary>
public sealed record Edition(Guid Id, EditionAnnounced? Announced, IReadOnlyList<Deadline> Deadlines) : IState<Edition>
{
    /// <summary>The answer when there is no such edition.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("edition.unknown", "没有这一届大会。", "There is no such edition.");

    /// <summary>An edition not announced yet.</summary>
    public Edition()
        : this(Guid.Empty, null, [])
    {
    }

    /// <summary>One stream per edition code.</summary>
    public static Guid IdOf(string code) => NaturalId.For("edition", code);

    /// <inheritdoc />
    public Edition Evolve(object @event) => @event switch
    {
        EditionAnnounced e => new(e.EditionId, e, e.Deadlines),
        DeadlineMoved e => this with { Deadlines = Deadlines.Select(d => d.Code == e.Deadline.Code ? e.Deadline : d).ToArray() },
        _ => this,
    };
}
