namespace Expo.Dashboard;

/// <summary>Where the dashboard listens, what it keeps, and who may look.</summary>
public sealed record DashboardOptions
{
    /// <summary>The directory of its database.</summary>
    public required string Data { get; init; }

    /// <summary>The page's port; 0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>The port of OTLP over gRPC.</summary>
    public int OtlpGrpcPort { get; init; }

    /// <summary>The port of OTLP over HTTP.</summary>
    public int OtlpHttpPort { get; init; }

    /// <summary>The address that it listens on.</summary>
    public System.Net.IPAddress Address { get; init; } = System.Net.IPAddress.Loopback;

    /// <summary>What a person shows at the login page, and a script as bearer token.</summary>
    public required string BrowserToken { get; init; }

    /// <summary>What senders of telemetry show.</summary>
    public required string OtlpKey { get; init; }

    /// <summary>How many spans, logs and points are kept of each.</summary>
    public int Cap { get; init; } = 100_000;

    /// <summary>About how many bytes its file may have, whatever the sizes of what is in it.</summary>
    public long MaxBytes { get; init; } = 1_000_000_000;

    /// <summary>Where it says what a person has to know, such as that a damaged file was moved aside.</summary>
    public Microsoft.Extensions.Logging.ILogger Logger { get; init; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    /// <summary>How long they are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
