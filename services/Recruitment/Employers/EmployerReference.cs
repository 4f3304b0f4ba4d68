using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Employers;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to an agency's name for an employer.</summary>
public abstract record EmployerReferenceEvent;

/// <summary>The agency calls this employer so.</summary>
public sealed record EmployerBound(Guid ReferenceId, Guid AgencyId, string EmployerRef, Guid EmployerId) : EmployerReferenceEvent;

/// <summary>An agency's own name for an employer, <c>employerRef</c>.</summary>
public sealed record EmployerReference(Guid Id, Guid AgencyId, string EmployerRef, Guid? EmployerId) : IState<EmployerReference>
{
    /// <summary>A name that the agency does not use.</summary>
    public EmployerReference()
        : this(Guid.Empty, Guid.Empty, "", null)
    {
    }

    /// <summary>One stream for each agency and name.</summary>
    public static Guid IdOf(Guid agency, string employerRef) => NaturalId.For("employer-ref", agency.ToString(), employerRef);

    /// <inheritdoc />
    public EmployerReference Evolve(object @event) => @event switch
    {
        EmployerBound e => new(e.ReferenceId, e.AgencyId, e.EmployerRef, e.EmployerId),
        _ => this,
    };
}
