using System.Buffers.Text;
using System.Security.Cryptography;

namespace Expo.Registration.Sessions;

/// <summary>A refresh token: its session's id and 32 random bytes. Only its hash is ever stored.</summary>
public sealed record RefreshToken(Guid SessionId, string Text)
{
    private const int IdLength = 16;
    private const int SecretLength = 32;

    /// <summary>What is stored of it.</summary>
    public string Hash => Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Text)));

    /// <summary>A new token for a session.</summary>
    public static RefreshToken For(Guid sessionId) =>
        new(sessionId, Base64Url.EncodeToString([.. sessionId.ToByteArray(), .. RandomNumberGenerator.GetBytes(SecretLength)]));

    /// <summary>Reads a token; nothing when it does not look like one.</summary>
    public static RefreshToken? Read(string text) =>
        Base64Url.IsValid(text, out var length) && length == IdLength + SecretLength
            ? new RefreshToken(new Guid(Base64Url.DecodeFromChars(text).AsSpan(0, IdLength)), text)
            : null;
}
