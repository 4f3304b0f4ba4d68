using Expo.Forum.Series;
using Expo.Kernel;

namespace Expo.Forum.Proposals;

/// <summary>Finds the series that a form names.</summary>
internal sealed class NamedSeries(Streams streams)
{
    /// <summary>What that series is; nothing when none is named, or there is none of that code.</summary>
    public async Task<SeriesDefinition?> Of(ProposalForm? form, CancellationToken ct) =>
        form?.Series is { } code ? (await streams.Read<ForumSeries>(ForumSeries.IdOf(code), ct)).State?.Definition : null;
}
