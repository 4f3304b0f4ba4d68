using System.Diagnostics.Metrics;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Registration.Editions;
using Expo.Registration.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Passes;

/// <summary>What a scanner read, and where.</summary>
public sealed record CheckInRequest([Needed, LengthUpTo(2000)] string Token, [Needed, LengthUpTo(40)] string Gate);

/// <summary>Somebody may come in; the name is for the guard's screen, and missing when the person was erased.</summary>
public sealed record CheckedIn(Guid CheckInId, Guid PassId, string Result, HolderName? HolderName);

/// <summary>Scan a pass at a gate and admit its holder, or refuse them with a reason.</summary>
public sealed record CheckIn(Guid CheckInId, string EditionCode, string Gate, Guid Guard)
{
    /// <summary>Either way it is a fact: a scan and what came of it. A holder may come and go; only the same scan counts once.</summary>
    public Decision<PassEvent> Decide(Pass pass, DateTimeOffset now)
    {
        if (pass.Id == Guid.Empty)
            return Refusal.Rule("pass.unknown", "没有这张证件。", "There is no such pass.");
        if (pass.LastCheckIn is { } last && last.Id == CheckInId)
            return last.Refused is { } before ? Why(before) : Decision<PassEvent>.Nothing;

        var scanned = new PassScanned(pass.Id, CheckInId, EditionCode, Gate, Guard);
        EntryRefusal? refused = pass switch
        {
            _ when pass.EditionCode != EditionCode => EntryRefusal.WrongEdition,
            { State: PassState.Revoked } => EntryRefusal.Revoked,
            { State: PassState.Issued } => EntryRefusal.NotActive,
            _ when pass.ExpiresAt <= now => EntryRefusal.Expired,
            _ => null,
        };
        return refused is { } reason
            ? new Decision<PassEvent>.Refused(Why(reason), scanned, new HolderRefused(pass.Id, CheckInId, reason))
            : new Decision<PassEvent>.Accepted(scanned, new HolderAdmitted(pass.Id, CheckInId));
    }

    private static Refusal Why(EntryRefusal reason) => reason switch
    {
        EntryRefusal.WrongEdition => Refusal.Rule("pass.wrong_edition", "该证件不属于本届大会。", "This pass is for another edition."),
        EntryRefusal.Revoked => Refusal.Rule("pass.revoked", "该证件已吊销。", "This pass was revoked."),
        EntryRefusal.NotActive => Refusal.Rule("pass.not_active", "该证件尚未启用。", "This pass was not handed to its holder yet."),
        _ => Refusal.Rule("pass.expired", "该证件已过期。", "This pass has expired."),
    };
}

internal static class CheckInEndpoint
{
    public static void Map(RouteGroupBuilder checkIns) => checkIns
        .MapPost("", Handle)
        .Allow(Roles.GateStaff)
        .Fulfils("R-16")
        .WithName(nameof(CheckIn))
        .WithSummary("Check a pass at a gate");

    private static async Task<Results<Ok<CheckedIn>, ProblemHttpResult>> Handle(
        string edition, CheckInRequest body, Caller caller, EditionCalendar editions, PassTokens tokens, PassHolders holders, ForgedPasses forged, Streams streams, CancellationToken ct)
    {
        if (await editions.Find(edition, ct) is null)
            return EditionCalendar.Unknown.ToProblem();
        if (await tokens.PassOf(body.Token, ct) is not { } passId)
            return forged.Refuse(body.Gate).ToProblem();

        var command = new CheckIn(Guid.CreateVersion7(), edition, body.Gate, caller.AccountId);
        var admitted = new CheckedIn(command.CheckInId, passId, "admitted", await holders.NameOf(passId, ct));
        return await streams.Decide<Pass, PassEvent>(passId, command.Decide, new With { Reply = Reply.Ok(admitted) }, ct).OkOrProblem<CheckedIn>();
    }
}

/// <summary>Finds the name of a pass's holder.</summary>
public sealed class PassHolders(Streams streams, PeopleDirectory people)
{
    /// <summary>The holder's name, unless they were erased.</summary>
    public async Task<HolderName?> NameOf(Guid passId, CancellationToken ct) =>
        (await streams.Read<Pass>(passId, ct)).State is { } pass ? await people.NameOf(pass.PersonId, ct) : null;
}

/// <summary>Counts codes at the gates that we never signed.</summary>
public sealed partial class ForgedPasses(IMeterFactory meters, ILogger<ForgedPasses> logger)
{
    private static readonly Refusal Invalid = Refusal.Rule("pass.invalid", "二维码无效。", "This is not one of our passes.");

    private readonly Counter<long> counter = meters.Create("Expo.Registration").CreateCounter<long>("expo.registration.passes.invalid", description: "Codes that no pass key signed");

    /// <summary>Notes one and refuses it; no stream is touched.</summary>
    public Refusal Refuse(string gate)
    {
        counter.Add(1);
        NotOurs(logger, gate);
        return Invalid;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A code that is not one of our passes was scanned at gate {Gate}")]
    private static partial void NotOurs(ILogger logger, string gate);
}
