using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
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
/// cannot be kept at once is dropped and counted: telling of it must never slow down those who are told about.
/// </summary>
internal sealed class OtlpReceiver(TelemetryWriter writer, OtlpKey key)
{
    private const int MaxBytes = 16 * 1024 * 1024;
    private const int FrameHeader = 5;
    private const string GrpcStatus = "grpc-status";

    private enum Grpc
    {
        Ok = 0,
        InvalidArgument = 3,
        Unauthenticated = 16,
    }

    /// <summary>Serves both protocols; on a port without TLS only one of them can be spoken.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "trace", "Trace", "traces", TraceRequest.Parser, writer.Add);
        Map(routes, "logs", "Logs", "logs", LogsRequest.Parser, writer.Add);
        Map(routes, "metrics", "Metrics", "metrics", MetricsRequest.Parser, writer.Add);
    }

    private void Map<TRequest>(IEndpointRouteBuilder routes, string package, string service, string path, MessageParser<TRequest> parser, Action<TRequest> add)
        where TRequest : IMessage<TRequest>
    {
        routes.MapPost($"/opentelemetry.proto.collector.{package}.v1.{service}Service/Export", http => OverGrpc(http, parser, add));
        routes.MapPost($"/v1/{path}", http => OverHttp(http, parser, add));
    }

    private async Task OverGrpc<TRequest>(HttpContext http, MessageParser<TRequest> parser, Action<TRequest> add) where TRequest : IMessage<TRequest>
    {
        http.Response.ContentType = "application/grpc";
        var status = Grpc.Unauthenticated;
        if (key.Admits(http.Request))
        {
            var body = await ReadAsync(http.Request.Body, http.RequestAborted).ConfigureAwait(false);
            status = Unframe(body) is { } message && Take(message, parser, add) ? Grpc.Ok : Grpc.InvalidArgument;
        }

        if (status == Grpc.Ok)
        {
            await http.Response.Body.WriteAsync(new byte[FrameHeader], http.RequestAborted).ConfigureAwait(false);
        }

        http.Response.AppendTrailer(GrpcStatus, ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task OverHttp<TRequest>(HttpContext http, MessageParser<TRequest> parser, Action<TRequest> add) where TRequest : IMessage<TRequest>
    {
        if (!key.Admits(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (http.Request.ContentType?.StartsWith("application/x-protobuf", StringComparison.OrdinalIgnoreCase) != true)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var body = await ReadAsync(http.Request.Body, http.RequestAborted).ConfigureAwait(false);
        var zipped = http.Request.Headers.ContentEncoding == "gzip";
        http.Response.StatusCode = body is not null && Take(new(body, zipped), parser, add) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        http.Response.ContentType = "application/x-protobuf";
    }

    private static bool Take<TRequest>(Message message, MessageParser<TRequest> parser, Action<TRequest> add) where TRequest : IMessage<TRequest>
    {
        try
        {
            add(parser.ParseFrom(message.Zipped ? Unzip(message.Bytes) : new ReadOnlySequence<byte>(message.Bytes)));
            return true;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            return false;
        }
    }

    private static Message? Unframe(byte[]? body) =>
        body is { Length: >= FrameHeader } && BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)) == body.Length - FrameHeader
            ? new Message(body.AsMemory(FrameHeader), body[0] == 1)
            : null;

    private static ReadOnlySequence<byte> Unzip(ReadOnlyMemory<byte> bytes)
    {
        using var zipped = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        var buffer = new byte[MaxBytes];
        var length = zipped.ReadAtLeast(buffer, MaxBytes, throwOnEndOfStream: false);
        return length < MaxBytes ? new(buffer, 0, length) : throw new InvalidDataException("Too large.");
    }

    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxBytes)
                {
                    return null;
                }
            }

            return bytes.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private readonly record struct Message(ReadOnlyMemory<byte> Bytes, bool Zipped);
}

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
