using Expo.Dashboard.Telemetry;

namespace Expo.Dashboard.Otlp;

/// <summary>Reads a span where it lies.</summary>
internal static class SpanReading
{
    private const int Error = 2;
    private const int ServerKind = 2, ClientKind = 3, ProducerKind = 4, ConsumerKind = 5;

    // What these begin by themselves, nobody has asked for: timers, daemons and connections at work.
    private static readonly HashSet<string> Libraries = new(StringComparer.Ordinal) { "Marten", "MassTransit", "Npgsql", "System.Net.Http" };

    public static SpanRow Read(Source source, string scope, ReadOnlyMemory<byte> body)
    {
        ReadOnlyMemory<byte> trace = default, id = default, parent = default, name = default;
        var (kind, start, end, failed, health, query) = (0, 0UL, 0UL, false, false, false);
        for (var span = new Wire(body); span.Next();)
        {
            switch (span.Tag >> 3)
            {
                case 1 when span.Tag == Wire.Of(1):
                    trace = span.Value;
                    break;
                case 2 when span.Tag == Wire.Of(2):
                    id = span.Value;
                    break;
                case 4 when span.Tag == Wire.Of(4):
                    parent = span.Value;
                    break;
                case 5 when span.Tag == Wire.Of(5):
                    name = span.Value;
                    break;
                case 6 when span.Tag == Wire.NumberOf(6):
                    kind = (int)span.Number;
                    break;
                case 7 when span.Tag == Wire.FixedOf(7):
                    start = span.Number;
                    break;
                case 8 when span.Tag == Wire.FixedOf(8):
                    end = span.Number;
                    break;
                case 9 when span.Tag == Wire.Of(9):
                    var (key, value) = AttributeReading.Read(span.Value);
                    health |= IsPath(key) && (value.EndsWith("/health"u8) || value.EndsWith("/alive"u8));
                    query |= key.SequenceEqual("db.system.name"u8) || key.SequenceEqual("db.system"u8);
                    break;
                case 11 when span.Tag == Wire.Of(11):
                    AttributeReading.Check(span.Value, attributes: 3);
                    break;
                case 13 when span.Tag == Wire.Of(13):
                    AttributeReading.Check(span.Value, attributes: 4);
                    break;
                case 15 when span.Tag == Wire.Of(15):
                    failed = IsError(span.Value);
                    break;
            }
        }

        var noise = parent.IsEmpty && (health || (query && kind == ClientKind) || (kind is not (ServerKind or ConsumerKind) && Libraries.Contains(scope)));
        // By OpenTelemetry's conventions a client's 4xx is an error and the server's is none. So whoever asked judges an answer: a refusal that is
        // passed on, a duplicate that was expected. The span itself stays as it was sent.
        failed &= parent.IsEmpty || kind is not (ClientKind or ProducerKind);
        return new(source, scope, trace, id, parent, name, kind, Wire.Time(start), Math.Max(0, Wire.Time(end) - Wire.Time(start)), failed, noise, body);
    }

    private static bool IsError(ReadOnlyMemory<byte> status)
    {
        var failed = false;
        for (var fields = new Wire(status); fields.Next();)
        {
            failed |= fields.Tag == Wire.NumberOf(3) && fields.Number == Error;
        }

        return failed;
    }

    private static bool IsPath(ReadOnlySpan<byte> key) => key.SequenceEqual("url.path"u8) || key.SequenceEqual("http.route"u8) || key.SequenceEqual("url.full"u8);
}
