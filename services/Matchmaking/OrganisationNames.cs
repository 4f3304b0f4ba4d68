using Expo.Kernel.Directory;
using Expo.Kernel.Vocabulary;
using Marten;

namespace Expo.Matchmaking;

/// <summary>What organisations are called, as the directory has it now.</summary>
internal sealed class OrganisationNames(IQuerySession session)
{
    /// <summary>The names of these organisations.</summary>
    public async Task<IReadOnlyDictionary<Guid, Text>> Of(IEnumerable<Guid> organisations, CancellationToken ct) =>
        (await session.LoadManyAsync<KnownOrganisation>(ct, organisations.Distinct().ToArray())).ToDictionary(known => known.Id, known => known.Name!);
}
