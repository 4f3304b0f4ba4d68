using JasperFx.Events;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Events;

/// <summary>Starts or continues one stream in one statement.</summary>
internal sealed class AppendOperation(StreamAction stream) : StorageOperation
{
    public const string Archived = "MT001";
    public const string UnexpectedVersion = "MT003";

    private int _returned;

    public override bool ReturnsVersions => true;

    public override NpgsqlBatchCommand Command(DocumentSession session)
    {
        var (sql, count) = (session.Owner.EventSql, stream.Events.Count);
        var starting = stream.ActionType == StreamActionType.Start;
        var anywhere = !starting && stream.ExpectedVersionOnServer is null;
        var appending = starting ? sql.Start : anywhere ? sql.AppendAnywhere : sql.AppendExpected;
        var command = new NpgsqlBatchCommand(count == 1 ? appending.One : appending.Many);
        var parameters = command.Parameters;
        var expected = stream.ExpectedVersionOnServer ?? 0;
        parameters.Add(Db.Uuid(stream.Id));
        parameters.Add(starting || anywhere ? Db.Text(stream.AggregateTypeName) : Db.Bigint(expected));
        parameters.Add(Db.Bigint(starting || anywhere ? count : expected + count));
        if (count == 1) AddOne(parameters, stream.Events[0], session);
        else AddMany(parameters, session);
        return command;
    }

    public override void Returned(long sequence, long version)
    {
        var e = stream.Events[_returned++];
        (e.Sequence, e.Version) = (sequence, version);
        stream.Version = version;
    }

    public override Exception? Translate(PostgresException error) => error.SqlState switch
    {
        UnexpectedVersion => new EventStreamUnexpectedMaxEventIdException(stream.Id, stream.AggregateType, stream.ExpectedVersionOnServer ?? 0, Actual(error)),
        Archived => new InvalidStreamOperationException($"Attempted to append event to archived stream with Id '{stream.Id}'."),
        PostgresErrorCodes.UniqueViolation when error.ConstraintName == SchemaNames.StreamPrimaryKey =>
            new ExistingStreamIdCollisionException(stream.Id, stream.AggregateType!),
        PostgresErrorCodes.UniqueViolation when error.ConstraintName == SchemaNames.StreamAndVersion =>
            new EventStreamUnexpectedMaxEventIdException(stream.Id, stream.AggregateType, stream.ExpectedVersionOnServer ?? 0, -1),
        _ => null,
    };

    // "… is at version 7": the detail field would be redacted.
    private static long Actual(PostgresException error) =>
        long.TryParse(error.MessageText.AsSpan(error.MessageText.LastIndexOf(' ') + 1), out var version) ? version : -1;

    private static void AddOne(NpgsqlParameterCollection parameters, IEvent e, DocumentSession session)
    {
        var metadata = session.Owner.Events.MetadataConfig;
        parameters.Add(Db.Uuid(e.Id));
        parameters.Add(Db.Text(e.EventTypeName));
        parameters.Add(Db.Text(e.DotNetTypeName));
        parameters.Add(Db.Jsonb(session.Json.ToUtf8(e.Data)));
        parameters.Add(Db.Time(e.Timestamp));
        if (metadata.CorrelationIdEnabled) parameters.Add(Db.Text(e.CorrelationId));
        if (metadata.CausationIdEnabled) parameters.Add(Db.Text(e.CausationId));
        if (metadata.HeadersEnabled) parameters.Add(Db.Jsonb(Headers(e, session)));
        if (metadata.UserNameEnabled) parameters.Add(Db.Text(e.UserName));
    }

    private void AddMany(NpgsqlParameterCollection parameters, DocumentSession session)
    {
        var metadata = session.Owner.Events.MetadataConfig;
        parameters.Add(Each(e => e.Id, NpgsqlDbType.Uuid));
        parameters.Add(Each(e => e.EventTypeName, NpgsqlDbType.Varchar));
        parameters.Add(Each(e => e.DotNetTypeName, NpgsqlDbType.Varchar));
        parameters.Add(Each(e => session.Json.ToUtf8(e.Data), NpgsqlDbType.Jsonb));
        parameters.Add(Each(e => e.Timestamp.ToUniversalTime(), NpgsqlDbType.TimestampTz));
        if (metadata.CorrelationIdEnabled) parameters.Add(Each(e => e.CorrelationId, NpgsqlDbType.Varchar));
        if (metadata.CausationIdEnabled) parameters.Add(Each(e => e.CausationId, NpgsqlDbType.Varchar));
        if (metadata.HeadersEnabled) parameters.Add(Each(e => Headers(e, session), NpgsqlDbType.Jsonb));
        if (metadata.UserNameEnabled) parameters.Add(Each(e => e.UserName, NpgsqlDbType.Varchar));
    }

    private NpgsqlParameter Each<T>(Func<IEvent, T> read, NpgsqlDbType type)
    {
        var values = new T[stream.Events.Count];
        for (var i = 0; i < values.Length; i++) values[i] = read(stream.Events[i]);
        return Db.Array(values, type);
    }

    private static byte[]? Headers(IEvent e, DocumentSession session) => e.Headers is { Count: > 0 } some ? session.Json.ToUtf8(some) : null;
}
