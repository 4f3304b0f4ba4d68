using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Expo.Dashboard.Telemetry;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Expo.Dashboard.Otlp;

/// <summary>
/// Takes telemetry over OTLP/gRPC and OTLP/HTTP (protobuf). The calls are unary, so gRPC is one framed message each way over HTTP/2. What
/// cannot be kept at once is dropped, counted and told (a partial success, which nobody sends again): telling of it must never slow down those
/// who are told about.
/// </summary>
internal sealed class OtlpReceiver(OtlpReading reading, TelemetryWriter writer, OtlpKey key)
{
    /// <summary>No request may be larger, zipped or not.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int FrameHeader = 5;
    private const string GrpcType = "application/grpc";
    private const string ProtobufType = "application/x-protobuf";

    private enum Grpc
    {
        Ok = 0,
        InvalidArgument = 3,
        ResourceExhausted = 8,
        Unimplemented = 12,
        Unauthenticated = 16,
    }

    /// <summary>Serves both protocols; on a port without TLS only one of them can be spoken.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "trace", "Trace", "traces", received => writer.Add(reading.Spans(received.Bytes), received));
        Map(routes, "logs", "Logs", "logs", received => writer.Add(reading.Logs(received.Bytes), received));
        Map(routes, "metrics", "Metrics", "metrics", received => writer.Add(reading.Points(received.Bytes), received));
    }

    private void Map(IEndpointRouteBuilder routes, string package, string service, string path, Func<Received, Refused> add)
    {
        routes.MapPost($"/opentelemetry.proto.collector.{package}.v1.{service}Service/Export", http => OverGrpc(http, add));
        routes.MapPost($"/v1/{path}", http => OverHttp(http, add));
    }

    private async Task OverGrpc(HttpContext http, Func<Received, Refused> add)
    {
        http.Response.ContentType = GrpcType;
        var answer = !key.Admits(http.Request) ? new Answer(Problem.Key, default) : await TakeFrame(http, add).ConfigureAwait(false);
        if (answer.Problem is null)
        {
            var message = PartialSuccess(answer.Refused);
            var frame = new byte[FrameHeader + message.Length];
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
            message.CopyTo(frame, FrameHeader);
            await http.Response.Body.WriteAsync(frame, http.RequestAborted).ConfigureAwait(false);
        }

        http.Response.AppendTrailer("grpc-status", ((int)(answer.Problem?.Grpc ?? Grpc.Ok)).ToString(CultureInfo.InvariantCulture));
        if (answer.Problem is { } problem)
        {
            http.Response.AppendTrailer("grpc-message", problem.Text);
        }
    }

    private async Task OverHttp(HttpContext http, Func<Received, Refused> add)
    {
        var answer = !key.Admits(http.Request) ? new Answer(Problem.Key, default)
            : http.Request.ContentType?.StartsWith(ProtobufType, StringComparison.OrdinalIgnoreCase) != true ? new Answer(Problem.Type, default)
            : await TakeBody(http, add).ConfigureAwait(false);
        http.Response.StatusCode = answer.Problem?.Http ?? StatusCodes.Status200OK;
        http.Response.ContentType = answer.Problem is { Http: StatusCodes.Status415UnsupportedMediaType } ? "text/plain" : ProtobufType;
        var body = answer.Problem switch
        {
            null => PartialSuccess(answer.Refused),
            { Http: StatusCodes.Status415UnsupportedMediaType } problem => Encoding.UTF8.GetBytes(problem.Text),
            // google.rpc.Status, as the protocol asks for.
            { } problem => new RpcStatus { Code = (int)problem.Grpc, Message = problem.Text }.ToByteArray(),
        };
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<Answer> TakeFrame(HttpContext http, Func<Received, Refused> add)
    {
        var header = new byte[FrameHeader];
        if (await http.Request.Body.ReadAtLeastAsync(header, FrameHeader, throwOnEndOfStream: false, http.RequestAborted).ConfigureAwait(false) < FrameHeader)
        {
            return new(Problem.Broken, default);
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (length > MaxBytes)
        {
            return new(Problem.Large, default);
        }

        var received = await Received.ReadAsync(http.Request.Body, length, (int)length, http.RequestAborted).ConfigureAwait(false);
        if (received is null || received.Bytes.Length < length || header[0] > 1)
        {
            received?.Dispose();
            return new(Problem.Broken, default);
        }

        return await Take(received, zipped: header[0] == 1, add, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<Answer> TakeBody(HttpContext http, Func<Received, Refused> add)
    {
        var encoding = http.Request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            return new(Problem.Encoding, default);
        }

        return await Received.ReadAsync(http.Request.Body, http.Request.ContentLength, MaxBytes, http.RequestAborted).ConfigureAwait(false) is { } received
            ? await Take(received, zipped: encoding == "gzip", add, http.RequestAborted).ConfigureAwait(false)
            : new(Problem.Large, default);
    }

    // Whoever adds it gives the memory back; what is not added is given back here.
    private static async Task<Answer> Take(Received received, bool zipped, Func<Received, Refused> add, CancellationToken ct)
    {
        try
        {
            if (zipped)
            {
                using var packed = received;
                if (await Received.UnzipAsync(packed.Bytes, MaxBytes, ct).ConfigureAwait(false) is not { } unzipped)
                {
                    return new(Problem.Large, default);
                }

                received = unzipped;
            }

            return new(null, add(received));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            received.Dispose();
            return new(Problem.Broken, default);
        }
    }

    // ExportTraceServiceResponse and its siblings are alike; empty when all was taken.
    private static byte[] PartialSuccess(Refused refused) => refused.Count == 0
        ? []
        : new ExportResponse { PartialSuccess = new() { Rejected = refused.Count, ErrorMessage = refused.Why } }.ToByteArray();

    private readonly record struct Answer(Problem? Problem, Refused Refused);

    private sealed record Problem(Grpc Grpc, int Http, string Text)
    {
        public static Problem Key { get; } = new(Grpc.Unauthenticated, StatusCodes.Status401Unauthorized, $"Send the key as {OtlpKey.Header} (OTEL_EXPORTER_OTLP_HEADERS).");

        public static Problem Type { get; } = new(Grpc.Unimplemented, StatusCodes.Status415UnsupportedMediaType, $"Send {ProtobufType} (OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf).");

        public static Problem Encoding { get; } = new(Grpc.Unimplemented, StatusCodes.Status415UnsupportedMediaType, "Send it as it is, or with gzip.");

        public static Problem Large { get; } = new(Grpc.ResourceExhausted, StatusCodes.Status413PayloadTooLarge, $"A request has at most {MaxBytes / 1024 / 1024} MB.");

        public static Problem Broken { get; } = new(Grpc.InvalidArgument, StatusCodes.Status400BadRequest, "This is no OTLP request; nothing of it was kept.");
    }
}

/// <summary>How many of a request are not kept, and why.</summary>
internal readonly record struct Refused(int Count, string Why);

/// <summary>The key that senders of telemetry show (<c>x-otlp-api-key</c>).</summary>
internal sealed class OtlpKey(string key)
{
    /// <summary>The header it is sent in.</summary>
    public const string Header = "x-otlp-api-key";
    private readonly byte[] expected = Encoding.UTF8.GetBytes(key);

    /// <summary>Whether the sender knows it; compared in constant time.</summary>
    public bool Admits(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[Header].ToString()), expected);
}
