using System.Text;

namespace Expo.Dashboard.Telemetry;

/// <summary>What a person looks for; the same on every page.</summary>
/// <param name="Source">A service, by name.</param>
/// <param name="Text">Somewhere in a name, a message or an attribute.</param>
/// <param name="Attributes">Attributes with exactly these values.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Not after.</param>
/// <param name="Failed">Only what failed (spans) or warns and worse (logs).</param>
/// <param name="Severity">Logs of at least this severity, as OTLP numbers it.</param>
/// <param name="Noise">Health checks too.</param>
/// <param name="Before">Older than this one, to read on; 0 for the newest.</param>
/// <param name="Limit">So many, 1 to 1,000.</param>
/// <param name="Longer">Took at least so many milliseconds (traces and spans).</param>
internal sealed record TelemetryFilter(
    string? Source = null, string? Text = null, IReadOnlyDictionary<string, string>? Attributes = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    bool Failed = false, int Severity = 0, bool Noise = false, long Before = 0, int Limit = 100, long Longer = 0);

/// <summary>Puts a statement's conditions together with their parameters.</summary>
internal sealed class Conditions
{
    private readonly List<string> conditions = ["true"];

    public List<object> Parameters { get; } = [];

    /// <summary>A condition; each <c>?</c> stands for a value.</summary>
    public Conditions Add(bool applies, string condition, params ReadOnlySpan<object?> values)
    {
        if (!applies)
        {
            return this;
        }

        var sql = new StringBuilder();
        var next = 0;
        foreach (var letter in condition)
        {
            if (letter == '?')
            {
                Parameters.Add(values[next++]!);
                sql.Append('$').Append(Parameters.Count);
            }
            else
            {
                sql.Append(letter);
            }
        }

        conditions.Add(sql.ToString());
        return this;
    }

    /// <summary>A stored protobuf message with each of these attributes; only what has the name in it somewhere is parsed by <paramref name="decide"/>.</summary>
    public Conditions AddAttributes(IReadOnlyDictionary<string, string>? attributes, string decide)
    {
        foreach (var (name, value) in attributes ?? new Dictionary<string, string>())
        {
            Add(true, $"(instr(body, ?) > 0 and {decide}(body, ?, ?))", Encoding.UTF8.GetBytes(name), name, value);
        }

        return this;
    }

    public override string ToString() => string.Join(" and ", conditions);
}
