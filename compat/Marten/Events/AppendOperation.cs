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
        var (sql, events, count) = (session.Owner.EventSql, stream.Events, stream.Events.Count);
        var starting = stream.ActionType == StreamActionType.Start;
        var anywhere = !starting && stream.ExpectedVersionOnServer is null;
        var command = new NpgsqlBatchCommand(starting ? sql.Start : anywhere ? sql.AppendAnywhere : sql.AppendExpected);
        var parameters = command.Parameters;
        var expected = stream.ExpectedVersionOnServer ?? 0;
        parameters.Add(Db.Uuid(stream.Id));
        parameters.Add(starting || anywhere ? Db.Text(stream.AggregateTypeName) : Db.Bigint(expected));
        parameters.Add(Db.Bigint(starting || anywhere ? count : expected + count));

        var (ids, types, dotnet) = (new Guid[count], new string[count], new string[count]);
        var (bodies, times) = (new byte[count][], new DateTimeOffset[count]);
        for (var i = 0; i < count; i++)
        {
            var e = events[i];
            (ids[i], types[i], dotnet[i], times[i]) = (e.Id, e.EventTypeName, e.DotNetTypeName, e.Timestamp.ToUniversalTime());
            bodies[i] = session.Json.ToUtf8(e.Data);
        }

        parameters.Add(Db.Array(ids, NpgsqlDbType.Uuid));
        parameters.Add(Db.Array(types, NpgsqlDbType.Varchar));
        parameters.Add(Db.Array(dotnet, NpgsqlDbType.Varchar));
        parameters.Add(Db.Array(bodies, NpgsqlDbType.Jsonb));
        parameters.Add(Db.Array(times, NpgsqlDbType.TimestampTz));
        AddMetadata(parameters, session);
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
            new ExistingStreamIdCollisionException(stream.Id, stream.AggregateType),
        PostgresErrorCodes.UniqueViolation when error.ConstraintName == SchemaNames.StreamAndVersion =>
            new EventStreamUnexpectedMaxEventIdException(stream.Id, stream.AggregateType, stream.ExpectedVersionOnServer ?? 0, -1),
        _ => null,
    };

    // "… is at version 7": the detail field would be redacted.
    private static long Actual(PostgresException error) =>
        long.TryParse(error.MessageText.AsSpan(error.MessageText.LastIndexOf(' ') + 1), out var version) ? version : -1;

    private void AddMetadata(NpgsqlParameterCollection parameters, DocumentSession session)
    {
        var (metadata, events) = (session.Owner.Events.MetadataConfig, stream.Events);
        if (metadata.CorrelationIdEnabled) parameters.Add(Texts(e => e.CorrelationId));
        if (metadata.CausationIdEnabled) parameters.Add(Texts(e => e.CausationId));
        if (metadata.HeadersEnabled)
        {
            var headers = new byte[]?[events.Count];
            for (var i = 0; i < headers.Length; i++)
                headers[i] = events[i].Headers is { Count: > 0 } some ? session.Json.ToUtf8(some) : null;
            parameters.Add(Db.Array(headers, NpgsqlDbType.Jsonb));
        }

        if (metadata.UserNameEnabled) parameters.Add(Texts(e => e.UserName));

        NpgsqlParameter Texts(Func<IEvent, string?> read)
        {
            var values = new string?[events.Count];
            for (var i = 0; i < values.Length; i++) values[i] = read(events[i]);
            return Db.Array(values, NpgsqlDbType.Varchar);
        }
    }
}
