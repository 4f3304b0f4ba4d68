using Expo.Dashboard.Telemetry;

namespace Expo.Dashboard.Otlp;

/// <summary>Reads a log record where it lies.</summary>
internal static class LogReading
{
    public static LogRow Read(Source source, string scope, ReadOnlyMemory<byte> body)
    {
        ReadOnlyMemory<byte> trace = default, id = default, message = default;
        var (time, observed, severity) = (0UL, 0UL, 0);
        for (var log = new Wire(body); log.Next();)
        {
            switch (log.Tag >> 3)
            {
                case 1 when log.Tag == Wire.FixedOf(1):
                    time = log.Number;
                    break;
                case 2 when log.Tag == Wire.NumberOf(2):
                    severity = (int)log.Number;
                    break;
                case 5 when log.Tag == Wire.Of(5):
                    AttributeReading.CheckValue(log.Value);
                    message = AttributeReading.Text(log.Value);
                    break;
                case 6 when log.Tag == Wire.Of(6):
                    AttributeReading.Read(log.Value);
                    break;
                case 9 when log.Tag == Wire.Of(9):
                    trace = log.Value;
                    break;
                case 10 when log.Tag == Wire.Of(10):
                    id = log.Value;
                    break;
                case 11 when log.Tag == Wire.FixedOf(11):
                    observed = log.Number;
                    break;
            }
        }

        return new(source, scope, trace, id, Wire.Time(time > 0 ? time : observed), severity, message, body);
    }
}
