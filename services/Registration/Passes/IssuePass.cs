using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;
using Expo.Registration.Editions;

namespace Expo.Registration.Passes;

/// <summary>A pass that somebody has a place for; due at once.</summary>
public sealed record PassWanted(string EditionCode, Guid OrganisationId, Guid PersonId)
{
    /// <summary>The pass's id: one for each edition, organisation and person.</summary>
    public Guid PassId => NaturalId.For("pass", EditionCode, OrganisationId.ToString("N"), PersonId.ToString("N"));
}

/// <summary>Issue a pass that is good until the edition's last open day has ended.</summary>
/// <param name="Wanted">For whom.</param>
/// <param name="EditionEnds">When that is; nothing when the edition was never announced.</param>
public sealed record IssuePass(PassWanted Wanted, DateTimeOffset? EditionEnds)
{
    /// <summary>A pass is issued once, however often it is wanted.</summary>
    public Decision<PassEvent> Decide(Pass pass, DateTimeOffset now) => EditionEnds switch
    {
        _ when pass.Id != Guid.Empty => Decision<PassEvent>.Nothing,
        { } ends => new PassIssued(Wanted.PassId, Wanted.EditionCode, Wanted.OrganisationId, Wanted.PersonId, ends),
        null => EditionCalendar.Unknown,
    };
}

/// <summary>Issues what is wanted.</summary>
internal sealed class IssueWantedPass(EditionCalendar editions, Streams streams) : IReact<PassWanted>
{
    public async Task React(Guid stream, PassWanted command, CancellationToken ct)
    {
        var edition = await editions.Find(command.EditionCode, ct);
        await streams.Decide<Pass, PassEvent>(stream, new IssuePass(command, edition?.Ends).Decide, ct).MustAccept();
    }
}
