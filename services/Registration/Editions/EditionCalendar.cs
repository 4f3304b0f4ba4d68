using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Editions;

/// <summary>What other streams of this service need to know of an edition.</summary>
/// <param name="Code">Its code.</param>
/// <param name="PassesPerBooth">How many exhibitor passes come with a booth.</param>
/// <param name="Ends">The first instant after its last open day.</param>
public sealed record EditionFacts(string Code, int PassesPerBooth, DateTimeOffset Ends);

/// <summary>Looks editions up.</summary>
public sealed class EditionCalendar(Streams streams)
{
    /// <summary>The answer when there is no such edition.</summary>
    public static Refusal Unknown => Edition.Unknown;

    /// <summary>The edition of this code, if it was announced.</summary>
    public async Task<EditionFacts?> Find(string code, CancellationToken ct) =>
        (await streams.Read<Edition>(Edition.IdOf(code), ct)).State?.Announced is { } edition
            ? new EditionFacts(edition.Code, edition.PassesPerBooth, new Deadline("open", edition.OpenDays.Max(), RuleKind.Hard).End)
            : null;
}
