using System.Data;
using JasperFx.Events;
using Npgsql;
using Weasel.Core;
using Weasel.Storage;

namespace Marten
{
    /// <summary>Turns documents and events into JSON and back.</summary>
    public interface ISerializer
    {
        EnumStorage EnumStorage { get; }
        Casing Casing { get; }
        string ToJson(object? document);
        T FromJson<T>(Stream stream);
        object FromJson(Type type, Stream stream);
    }
}

namespace Marten.Services
{
    /// <summary>What a committed unit of work did.</summary>
    public interface IChangeSet
    {
        IEnumerable<object> Updated { get; }
        IEnumerable<object> Inserted { get; }
        IEnumerable<IDeletion> Deleted { get; }
        IEnumerable<IEvent> GetEvents();
        IEnumerable<StreamAction> GetStreams();
    }

    /// <summary>What the next save will do.</summary>
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

    /// <summary>How a session is opened.</summary>
    public sealed class SessionOptions
    {
        public readonly IList<IDocumentSessionListener> Listeners = [];
        public int? Timeout { get; set; }
        public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.ReadCommitted;
        public string TenantId { get; set; } = JasperFx.StorageConstants.DefaultTenantId;
        public NpgsqlConnection? Connection { get; private set; }
        public NpgsqlTransaction? Transaction { get; private set; }

        /// <summary>Works inside a transaction that the caller commits.</summary>
        public static SessionOptions ForTransaction(NpgsqlTransaction transaction, bool shouldAutoCommit = false) =>
            new() { Transaction = transaction, Connection = transaction.Connection, AutoCommit = shouldAutoCommit };

        internal bool AutoCommit { get; private init; }
    }

    /// <summary>Which telemetry the store gives.</summary>
    public sealed class OpenTelemetryOptions : JasperFx.OpenTelemetry.OpenTelemetryOptions
    {
        public void TrackEventCounters() => EventCounters = true;
        internal bool EventCounters { get; private set; }
    }
}

namespace Marten.Storage.Metadata
{
    /// <summary>What is stored about a document beside its body.</summary>
    public class DocumentMetadata(object id)
    {
        public object Id { get; } = id;
        public Guid CurrentVersion { get; internal set; }
        public long CurrentRevision { get; internal set; }
        public DateTimeOffset LastModified { get; internal set; }
        public string DotNetType { get; internal set; } = "";
        public string TenantId { get; internal set; } = JasperFx.StorageConstants.DefaultTenantId;
    }
}
