// Signatures of JasperFx.Events 2.53.0: facts, without a body.
using System.Linq.Expressions;

namespace JasperFx.Events.Protected;

public interface IEventDataMasking
{
    IEventDataMasking ForTenant(string tenantId);
    IEventDataMasking IncludeStream(Guid streamId);
    IEventDataMasking IncludeStream(Guid streamId, Func<IEvent, bool> filter);
    IEventDataMasking IncludeEvents(Expression<Func<IEvent, bool>> filter);
    IEventDataMasking AddHeader(string key, object value);
}
