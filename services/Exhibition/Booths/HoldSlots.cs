using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.Extensions.Options;

namespace Expo.Exhibition.Booths;

/// <summary>The few places that an organisation has for reservations in an edition: each is a claim, so that no two holds can ever share one.</summary>
internal sealed class HoldSlots(IQuerySession session, IOptions<HoldSettings> settings)
{
    /// <summary>The first place that is not taken, or none.</summary>
    public async Task<int?> FirstFree(string edition, Guid organisation, CancellationToken ct)
    {
        var slots = Enumerable.Range(1, settings.Value.HoldsAtOnce).ToDictionary(slot => IdOf(edition, organisation, slot));
        var taken = await session.LoadManyAsync<Claim>(ct, slots.Keys);
        return slots.Where(slot => taken.All(claim => claim.Id != slot.Key)).Select(slot => (int?)slot.Value).FirstOrDefault();
    }

    /// <summary>What an event takes or gives up.</summary>
    public static IEnumerable<Claim> Claims(BoothEvent @event) => @event switch
    {
        BoothReserved e => [Claim.Take(IdOf(e.EditionCode, e.OrganisationId, e.Slot))],
        BoothHeldForApplication { SlotGivenUp: { } slot } e => [Claim.GiveUp(IdOf(e.EditionCode, e.OrganisationId, slot))],
        BoothReleased { Slot: { } slot } e => [Claim.GiveUp(IdOf(e.EditionCode, e.OrganisationId, slot))],
        _ => [],
    };

    private static Guid IdOf(string edition, Guid organisation, int slot) => NaturalId.For("hold-slot", edition, organisation.ToString(), $"{slot}");
}
