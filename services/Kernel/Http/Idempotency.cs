using System.Security.Cryptography;
using System.Text;

namespace Expo.Kernel.Http;

/// <summary>A request that carries an idempotency key: the same client, method, path and key are one request.</summary>
/// <param name="Id">Derived from client, method, path and key; the row's primary key, so that the database decides who was first.</param>
/// <param name="BodyHash">SHA-256 of the body, to tell a repeat from a different request.</param>
/// <param name="Subject">Whose key encrypts the stored answer; nobody for an anonymous caller.</param>
/// <param name="AnonymousKey">The answer's key for an anonymous caller, derived from the idempotency key itself.</param>
public sealed record IdempotentRequest(Guid Id, byte[] BodyHash, Guid? Subject, byte[]? AnonymousKey)
{
    /// <summary>The same key came with another request: 422.</summary>
    public static readonly Refusal KeyReused = Refusal.Rule(
        "idempotency.key_reused", "该幂等键已用于另一个请求。", "This idempotency key was used for another request.");

    /// <summary>The first request with this key has not ended: 409.</summary>
    public static readonly Refusal InProgress = Refusal.Conflict(
        "idempotency.in_progress", "相同请求正在处理中。", "The same request is still being processed.");

    /// <summary>It was answered before; the stored answer takes this one's place at the HTTP edge.</summary>
    internal static readonly Refusal Answered = Refusal.Conflict("idempotency.answered", "该请求此前已处理。", "This request was answered before.");

    /// <summary>Reads the header of a writing request; a key that is no key is refused by the caller.</summary>
    public static async Task<IdempotentRequest?> Read(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var header))
            return null;

        var key = header.ToString();
        if (key is ['"', .., '"'])
            key = key[1..^1];
        if (key.Length is < 16 or > 128 || key.Any(c => c is < ' ' or > '~'))
            throw new BadHttpRequestException("Idempotency-Key must have 16 to 128 printable characters.");

        http.Request.EnableBuffering();
        var hash = await SHA256.HashDataAsync(http.Request.Body, ct);
        http.Request.Body.Position = 0;
        var caller = Caller.Of(http.User);
        var client = caller?.AccountId.ToString("N") ?? key;
        return new IdempotentRequest(
            NaturalId.For("idempotency", client, http.Request.Method, http.Request.Path, key),
            hash,
            caller?.AccountId,
            caller is null ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, info: "expo idempotency"u8.ToArray()) : null);
    }
}

/// <summary>What a request was answered, to be answered again; the body is encrypted with its caller's key.</summary>
public sealed record StoredAnswer(Guid Id, byte[] BodyHash, int Status, string? Location, long? Version, Guid? KeyId, byte[]? Cipher, DateTimeOffset At)
{
    /// <summary>The body in clear, once opened; never stored.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public byte[]? Body { get; init; }

    /// <summary>Whether an answer is kept: what may go another way next time (409, 412, 429, 503) is not.</summary>
    internal static bool IsKept(Refusal? refusal) => refusal?.Kind is not (RefusalKind.Conflict or RefusalKind.Stale or RefusalKind.Busy or RefusalKind.TooOften);

    internal static StoredAnswer For(IdempotentRequest request, SubjectKeys.SessionKeys keys, Outcome outcome, string language, DateTimeOffset now)
    {
        var status = outcome.Refusal is { } why ? Problems.StatusOf(why.Kind) : outcome.Reply.Status;
        var body = outcome.Refusal is { } refusal ? Problems.Body(refusal, language)
            : outcome.Reply.Body is { } reply ? JsonSerializer.SerializeToUtf8Bytes(reply, reply.GetType(), HttpJson.Options)
            : null;
        var location = outcome.Accepted ? outcome.Reply.Location : null;
        var version = outcome.Accepted ? outcome.Version : (long?)null;
        if (body is null)
            return new(request.Id, request.BodyHash, status, location, version, null, null, now);

        var key = request.Subject is { } subject ? keys.For(subject) : new DataKey(Guid.Empty, request.AnonymousKey!);
        return new(
            request.Id, request.BodyHash, status, location, version, request.Subject is null ? null : key.Id,
            Sealed.Close(key.Key, body, request.Id.ToByteArray()), now);
    }

    /// <summary>The answer given before to the same request, opened; nothing when there is none.</summary>
    internal static async Task<StoredAnswer?> Find(IQuerySession session, SubjectKeys keys, IdempotentRequest request, CancellationToken ct)
    {
        if (await session.LoadAsync<StoredAnswer>(request.Id, ct) is not { } answer)
            return null;
        if (answer.Cipher is null)
            return answer;

        var key = answer.KeyId is { } id ? (await keys.Load(session, [id], ct)).GetValueOrDefault(id) : request.AnonymousKey;
        return key is null ? answer : answer with { Body = Sealed.Open(key, answer.Cipher, request.Id.ToByteArray()) };
    }

    /// <summary>Whether this request is the one that was answered, not another one under the same key.</summary>
    public bool IsFor(IdempotentRequest request) => BodyHash.AsSpan().SequenceEqual(request.BodyHash);
}

/// <summary>Gives a stored answer again.</summary>
internal sealed class Replayed(StoredAnswer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        if (answer.Location is not null)
            http.Response.Headers.Location = answer.Location;
        if (answer.Body is { Length: > 0 })
        {
            http.Response.ContentType = answer.Status >= 400 ? "application/problem+json" : "application/json; charset=utf-8";
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
    }
}
