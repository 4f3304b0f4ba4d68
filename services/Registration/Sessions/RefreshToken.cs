using System.Buffers.Text;
using System.Security.Cryptography;
using Expo.Kernel.Personal;

namespace Expo.Registration.Sessions;

/// <summary>A refresh token: its session's id and 32 bytes, at first random ones. Only its hash is ever stored.</summary>
public sealed record RefreshToken(Guid SessionId, string Text)
{
    private const int IdLength = 16;
    private const int SecretLength = 32;

    /// <summary>What is stored of it.</summary>
    public string Hash => Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Text)));

    /// <summary>A new token for a session.</summary>
    public static RefreshToken For(Guid sessionId) =>
        new(sessionId, Base64Url.EncodeToString([.. sessionId.ToByteArray(), .. RandomNumberGenerator.GetBytes(SecretLength)]));

    /// <summary>The token that replaces this one: always the same, so that two who refresh at once get one answer; nobody can derive it without the master key.</summary>
    public RefreshToken Next(MasterKey master) => new(SessionId, Base64Url.EncodeToString(
        [.. SessionId.ToByteArray(), .. master.Fingerprint("refresh token, first half", Text).ToByteArray(), .. master.Fingerprint("refresh token, second half", Text).ToByteArray()]));

    /// <summary>Reads a token; nothing when it does not look like one.</summary>
    public static RefreshToken? Read(string text) =>
        Base64Url.IsValid(text, out var length) && length == IdLength + SecretLength
            ? new RefreshToken(new Guid(Base64Url.DecodeFromChars(text).AsSpan(0, IdLength)), text)
            : null;
}
