using System.Diagnostics;
using JasperFx;
using JasperFx.Events;
using Marten.Events;
using Marten.Exceptions;
using Marten.Services;
using Npgsql;

namespace Marten.Sessions;

internal sealed partial class DocumentSession
{
    public IUnitOfWork PendingChanges => new PendingWork(_operations, Events);
    public IReadOnlyList<StreamAction> PendingStreams => Events.Streams;

    public async Task SaveChangesAsync(CancellationToken token = default)
    {
        if (_operations.Count == 0 && !Events.HasWork && _transaction is null) return;
        foreach (var listener in Listeners) await listener.BeforeSaveChangesAsync(this, token);

        using var activity = Telemetry.Source.StartActivity("marten.save");
        await Owner.Schema.EnsureAsync(token);
        await Events.Prepare(token);
        var work = await Gather(token);
        try
        {
            if (work.Count > 0) await Execute(work, token);
            if (_transaction is not null && (!_foreignTransaction || _options.AutoCommit)) await _transaction.CommitAsync(token);
        }
        catch (Exception conflict) when (conflict is ConcurrencyException or ExistingStreamIdCollisionException)
        {
            Owner.Conflicted(conflict);
            activity?.SetStatus(ActivityStatusCode.Error, "conflict");
            throw;
        }
        finally
        {
            if (!_foreignTransaction && _transaction is not null) await Close();
        }

        await Committed(token);
    }

    /// <summary>What was queued goes first, then events, then snapshots: a refused insert costs no sequence number.</summary>
    private async Task<List<StorageOperation>> Gather(CancellationToken ct)
    {
        var work = new List<StorageOperation>(_operations.Count + 4);
        var snapshots = await Events.ProjectInline(ct);
        foreach (var operation in _operations)
        {
            if (operation is DocumentOperation { Mapping: var mapping }) await Owner.Schema.MappedAsync(mapping, ct);
            work.Add(operation);
        }

        Events.AddOperations(work);
        work.AddRange(snapshots);
        return work;
    }

    private async Task Execute(List<StorageOperation> work, CancellationToken ct)
    {
        if (_transaction is null && _options.IsolationLevel != System.Data.IsolationLevel.ReadCommitted) await BeginTransactionAsync(ct);
        await using var lease = await Borrow(ct);
        await using var batch = new NpgsqlBatch(lease.Connection, _transaction) { Timeout = Timeout };
        foreach (var operation in work) batch.BatchCommands.Add(operation.Command(this));
        try
        {
            if (Owner.PreparesExplicitly) await batch.PrepareAsync(ct);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            var appends = work.GetEnumerator();
            do
            {
                if (reader.FieldCount != 2 || reader.GetName(0) != "mt_seq_id") continue;
                while (appends.MoveNext() && !appends.Current.ReturnsVersions) { }
                while (await reader.ReadAsync(ct)) appends.Current!.Returned(reader.GetInt64(0), reader.GetInt64(1));
            }
            while (await reader.NextResultAsync(ct));
        }
        catch (PostgresException error)
        {
            throw Translate(error, work, batch);
        }
    }

    private static Exception Translate(PostgresException error, List<StorageOperation> work, NpgsqlBatch batch)
    {
        // Which statement failed is only told by our own data source; else the first that knows the error is taken.
        var failed = error.BatchCommand is NpgsqlBatchCommand command ? batch.BatchCommands.IndexOf(command) : -1;
        foreach (var operation in failed >= 0 ? [work[failed]] : work)
            if (operation.Translate(error) is { } promised) return promised;
        return error.SqlState == PostgresErrorCodes.SerializationFailure ? new ConcurrentUpdateException(error) : new MartenCommandException(error);
    }

    private async Task Committed(CancellationToken ct)
    {
        var changes = Listeners.Count > 0 ? new ChangeSet(_operations, Events) : null;
        var appended = Events.Count;
        foreach (var operation in _operations)
            if (operation is DocumentOperation { Mapping.UseOptimisticConcurrency: true, NewVersion: { } version } document)
                (_versions ??= [])[(document.Mapping.Type, document.Id)] = version;
        _operations.Clear();
        Events.Forget();
        if (appended > 0) Owner.Appended(appended);
        if (changes is not null) foreach (var listener in Listeners) await listener.AfterCommitAsync(this, changes, ct);
    }

    private async ValueTask Close()
    {
        await _transaction!.DisposeAsync();
        await _connection!.DisposeAsync();
        (_transaction, _connection) = (null, null);
    }
}
