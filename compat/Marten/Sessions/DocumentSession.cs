using System.Data;
using JasperFx;
using Marten.Events;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Services;
using Npgsql;

namespace Marten.Sessions;

/// <summary>One unit of work. It borrows a connection per round trip unless a transaction is open.</summary>
internal sealed partial class DocumentSession : IDocumentSession
{
    private readonly SessionOptions _options;
    private readonly bool _foreignTransaction;
    private Dictionary<string, object>? _headers;
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    public DocumentSession(DocumentStore store, SessionOptions options)
    {
        if (options.TenantId != StorageConstants.DefaultTenantId) throw new MartenException($"There is one tenant here, and '{options.TenantId}' is not it.");
        (Owner, _options) = (store, options);
        (_connection, _transaction, _foreignTransaction) = (options.Connection, options.Transaction, options.Connection is not null);
        Events = new EventOperations(this);
        Listeners = [.. store.StoreOptions.Listeners, .. options.Listeners];
    }

    public DocumentStore Owner { get; }
    public SystemTextJsonSerializer Json => Owner.StoreOptions.Json;
    public IDocumentStore DocumentStore => Owner;
    public EventOperations Events { get; }
    public IList<IDocumentSessionListener> Listeners { get; }
    public string? CausationId { get; set; }
    public string? CorrelationId { get; set; }
    public string? LastModifiedBy { get; set; }
    public string TenantId => StorageConstants.DefaultTenantId;
    public IReadOnlyDictionary<string, object>? Headers => _headers;

    Marten.Events.IEventStoreOperations IDocumentOperations.Events => Events;
    Marten.Events.IQueryEventStore IQuerySession.Events => Events;

    public NpgsqlConnection Connection
    {
        get
        {
            _connection ??= Owner.DataSource.CreateConnection();
            if (_connection.State == ConnectionState.Closed) _connection.Open();
            return _connection;
        }
    }

    /// <summary>Whether a rebuild reads and writes its own copies of some documents through this session.</summary>
    public IReadOnlyDictionary<Type, DocumentMapping>? Shadows { get; init; }

    /// <summary>The table a document type lives in for this session.</summary>
    public DocumentMapping MappingFor(Type type) =>
        Shadows is not null && Shadows.TryGetValue(type, out var shadow) ? shadow : Owner.StoreOptions.MappingFor(type);

    public void SetHeader(string key, object value) => (_headers ??= new(StringComparer.Ordinal))[key] = value;

    public object? GetHeader(string key) => _headers is not null && _headers.TryGetValue(key, out var value) ? value : null;

    /// <summary>Opens the transaction that the next save commits; without it a save is one implicit transaction.</summary>
    public async ValueTask BeginTransactionAsync(CancellationToken token)
    {
        if (_transaction is not null) return;
        await Owner.Schema.EnsureAsync(token);
        _connection ??= Owner.DataSource.CreateConnection();
        if (_connection.State == ConnectionState.Closed) await _connection.OpenAsync(token);
        _transaction = await _connection.BeginTransactionAsync(_options.IsolationLevel, token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_foreignTransaction) return;
        if (_transaction is not null) await _transaction.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
        (_transaction, _connection) = (null, null);
    }

    public void Dispose()
    {
        if (_foreignTransaction) return;
        _transaction?.Dispose();
        _connection?.Dispose();
        (_transaction, _connection) = (null, null);
    }

    /// <summary>Runs one statement and reads its answer: one round trip.</summary>
    internal async Task<TResult> Read<TResult>(
        string sql, Func<NpgsqlDataReader, CancellationToken, ValueTask<TResult>> read, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var lease = await Borrow(ct);
        await using var command = new NpgsqlCommand(sql, lease.Connection, _transaction) { CommandTimeout = Timeout };
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        try
        {
            if (Owner.PreparesExplicitly) await command.PrepareAsync(ct);
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await read(reader, ct);
        }
        catch (PostgresException error)
        {
            throw new MartenCommandException(error);
        }
    }

    /// <summary>Runs several statements and reads their answers: one round trip.</summary>
    internal async Task<TResult> ReadBatch<TResult>(
        IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, CancellationToken, ValueTask<TResult>> read, CancellationToken ct)
    {
        await using var lease = await Borrow(ct);
        await using var batch = new NpgsqlBatch(lease.Connection, _transaction) { Timeout = Timeout };
        foreach (var command in commands) batch.BatchCommands.Add(command);
        try
        {
            if (Owner.PreparesExplicitly) await batch.PrepareAsync(ct);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            return await read(reader, ct);
        }
        catch (PostgresException error)
        {
            throw new MartenCommandException(error);
        }
    }

    private int Timeout => _options.Timeout ?? Owner.StoreOptions.CommandTimeout;

    private async ValueTask<Lease> Borrow(CancellationToken ct)
    {
        await Owner.Schema.EnsureAsync(ct);
        if (_connection is null) return new Lease(await Owner.DataSource.OpenConnectionAsync(ct), Returned: true);
        if (_connection.State == ConnectionState.Closed) await _connection.OpenAsync(ct);
        return new Lease(_connection, Returned: false);
    }

    private readonly record struct Lease(NpgsqlConnection Connection, bool Returned) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Returned ? Connection.DisposeAsync() : ValueTask.CompletedTask;
    }
}
