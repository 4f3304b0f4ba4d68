// Signatures of Marten 9.29.0: facts, without a body.
using System.Data;
using JasperFx.Events;
using JasperFx.OpenTelemetry;
using Npgsql;
using Weasel.Storage;

namespace Marten.Services;

public interface IChangeSet
{
    IEnumerable<IEvent> GetEvents();
    IEnumerable<StreamAction> GetStreams();
    IEnumerable<object> Updated { get; }
    IEnumerable<object> Inserted { get; }
    IEnumerable<IDeletion> Deleted { get; }
}

public interface IUnitOfWork
{
    IEnumerable<object> Updates();
    IEnumerable<object> Inserts();
    IEnumerable<T> UpdatesFor<T>();
    IEnumerable<T> InsertsFor<T>();
    IEnumerable<T> AllChangedFor<T>();
    IList<StreamAction> Streams();
    IEnumerable<IDeletion> Deletions();
    IEnumerable<IDeletion> DeletionsFor<T>();
}

public sealed class OpenTelemetryOptions : JasperFx.OpenTelemetry.OpenTelemetryOptions
{
    public extern void TrackEventCounters();
    public extern OpenTelemetryOptions();
}

public sealed class SessionOptions
{
    public readonly IList<IDocumentSessionListener> Listeners;
    public static extern SessionOptions ForTransaction(NpgsqlTransaction transaction, bool shouldAutoCommit = false);
    public extern SessionOptions();
    public extern int? Timeout { get; set; }
    public extern IsolationLevel IsolationLevel { get; set; }
    public extern string TenantId { get; set; }
    public extern NpgsqlConnection? Connection { get; }
    public extern NpgsqlTransaction? Transaction { get; }
}
