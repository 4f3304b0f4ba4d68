using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Delegations;

/// <summary>A delegation on an edition's list.</summary>
public sealed record Delegation(Guid Id, DelegationEnrolled? Enrolled) : IState<Delegation>
{
    /// <summary>The answer when there is no such delegation.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("delegation.unknown", "没有这个代表团。", "There is no such delegation.");

    /// <summary>A delegation that is on no list.</summary>
    public Delegation()
        : this(Guid.Empty, null)
    {
    }

    /// <summary>One stream per edition and Chinese name.</summary>
    public static Guid IdOf(string edition, string nameZh) => NaturalId.For("delegation", edition, nameZh);

    /// <inheritdoc />
    public Delegation Evolve(object @event) => @event switch
    {
        DelegationEnrolled e => new(e.DelegationId, e),
        _ => this,
    };
}
