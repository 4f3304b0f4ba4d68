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
public sealed record IssuePass(PassWanted Wanted, DateTimeOffset ExpiresAt)
{
    /// <summary>A pass is issued once, however often it is wanted.</summary>
    public Decision<PassEvent> Decide(Pass pass, DateTimeOffset now) => pass.Id == Guid.Empty
        ? new PassIssued(Wanted.PassId, Wanted.EditionCode, Wanted.OrganisationId, Wanted.PersonId, ExpiresAt)
        : Decision<PassEvent>.Nothing;
}

/// <summary>Issues what is wanted.</summary>
internal sealed class IssueWantedPass(EditionCalendar editions, Streams streams) : IReact<PassWanted>
{
    public async Task React(Guid stream, PassWanted command, CancellationToken ct)
    {
        var edition = await editions.Find(command.EditionCode, ct)
            ?? throw new System.Diagnostics.UnreachableException($"A place was taken in edition {command.EditionCode}, which was never announced.");
        await streams.Decide<Pass, PassEvent>(stream, new IssuePass(command, edition.Ends).Decide, ct);
    }
}
