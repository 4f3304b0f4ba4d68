// Signatures of Marten 9.29.0: facts, without a body.
using JasperFx;
using Weasel.Postgresql.Tables;

namespace Marten.Schema;

public class ComputedIndex : IndexDefinition
{
    internal extern ComputedIndex();
}

public class DocumentIndex : IndexDefinition
{
    internal extern DocumentIndex();
}

public interface IDocumentCleaner
{
    Task DeleteAllDocumentsAsync(CancellationToken ct = default);
    Task DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct = default);
    Task DeleteAllEventDataAsync(CancellationToken ct = default);
    Task DeleteSingleEventStreamAsync(Guid streamId, string? tenantId = null, CancellationToken ct = default);
    Task CompletelyRemoveAllAsync(CancellationToken ct = default);
}

public interface IInitialData : IInitialData<IDocumentStore>;

public enum UniqueIndexType { DuplicatedField, Computed }
