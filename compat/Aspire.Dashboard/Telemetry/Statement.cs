using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Expo.Dashboard.Telemetry;

/// <summary>
/// A statement of the writer, prepared once; values are bound in order. It goes past ADO.NET, which looks up names and makes objects for each
/// value of each row: half of the writer's time.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private int bound;

    public Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
    }

    public Statement With(long value) => Next(raw.sqlite3_bind_int64(statement, ++bound, value));

    public Statement With(bool value) => With(value ? 1L : 0L);

    public Statement With(double value) => Next(raw.sqlite3_bind_double(statement, ++bound, value));

    public Statement With(string value) => Next(raw.sqlite3_bind_text(statement, ++bound, value));

    public Statement With(long? value) => value is { } known ? With(known) : Next(raw.sqlite3_bind_null(statement, ++bound));

    /// <summary>Bytes as they are; none are an empty value, not a missing one.</summary>
    public Statement WithBytes(ReadOnlySpan<byte> value) =>
        Next(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, ++bound, 0) : raw.sqlite3_bind_blob(statement, ++bound, value));

    /// <summary>Text in UTF-8; nothing for a missing one.</summary>
    public Statement WithText(ReadOnlyMemory<byte>? value) => value is { } text
        ? System.Text.Unicode.Utf8.IsValid(text.Span) && !text.IsEmpty ? Next(raw.sqlite3_bind_text(statement, ++bound, text.Span)) : With(System.Text.Encoding.UTF8.GetString(text.Span))
        : Next(raw.sqlite3_bind_null(statement, ++bound));

    /// <summary>Runs it; a number, if it answers with one.</summary>
    public long Run()
    {
        try
        {
            var answer = raw.sqlite3_step(statement);
            var number = answer == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : 0;
            while (answer == raw.SQLITE_ROW)
            {
                answer = raw.sqlite3_step(statement);
            }

            SqliteException.ThrowExceptionForRC(answer, database);
            return number;
        }
        finally
        {
            raw.sqlite3_reset(statement);
            bound = 0;
        }
    }

    public void Dispose() => statement.Dispose();

    private Statement Next(int answer)
    {
        SqliteException.ThrowExceptionForRC(answer, database);
        return this;
    }
}
