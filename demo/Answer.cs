using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Expo.Demo;

/// <summary>What the API answered.</summary>
internal sealed record Answer(string Request, HttpStatusCode Status, byte[] Content)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Whether the request was accepted.</summary>
    public bool Accepted => (int)Status is >= 200 and < 300;

    /// <summary>The stable code of a refusal.</summary>
    public string? Code => Accepted ? null : (string?)Problem?["code"];

    private JsonNode? Problem => Content is [(byte)'{', ..] ? JsonNode.Parse(Content) : null;

    /// <summary>The body; a refusal ends the story.</summary>
    public T As<T>() => JsonSerializer.Deserialize<T>(OrFail().Content, Json) ?? throw new DemoFailedException($"{Request} answered null.");

    /// <summary>A refusal ends the story, unless it has one of these codes.</summary>
    public Answer OrFail(params string[] codes) => Accepted || codes.Contains(Code)
        ? this
        : throw new DemoFailedException($"{Request} was refused: {(int)Status} {Encoding.UTF8.GetString(Content)}");
}

/// <summary>The story cannot go on; the message says which step and why.</summary>
public sealed class DemoFailedException(string message) : Exception(message);
