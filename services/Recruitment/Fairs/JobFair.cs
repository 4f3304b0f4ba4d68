using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Fairs;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a job fair.</summary>
public abstract record FairEvent;

/// <summary>The committee defined a fair, or defined it anew.</summary>
public sealed record FairDefined(Guid FairId, string EditionCode, string Code, FairDefinition Definition) : FairEvent;

/// <summary>A job fair of an edition, with its rules.</summary>
public sealed record JobFair(Guid Id, string EditionCode, string Code, FairDefinition? Definition) : IState<JobFair>
{
    /// <summary>A fair that nobody defined.</summary>
    public JobFair()
        : this(Guid.Empty, "", "", null)
    {
    }

    /// <summary>One fair for each edition and code.</summary>
    public static Guid IdOf(string edition, string code) => NaturalId.For("fair", edition, code);

    /// <inheritdoc />
    public JobFair Evolve(object @event) => @event switch
    {
        FairDefined e => new(e.FairId, e.EditionCode, e.Code, e.Definition),
        _ => this,
    };
}

/// <summary>Why a fair cannot be had.</summary>
public static class FairRefusals
{
    /// <summary>This edition has no such fair.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("fair.unknown", "本届大会没有这场招聘会。", "This edition has no such fair.");
}
