using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Expo.Architecture.Tests.Http.BadInput;

/// <summary>What no rule of shape tells and a valid body must have all the same: corners of a polygon, and what exists.</summary>
internal static class Overrides
{
    private static readonly ConcurrentDictionary<string, (JsonNode One, JsonNode Other)> Values = new()
    {
        ["PlannedBooth.polygon"] = (JsonNode.Parse("[[0,0],[3,0],[3,3]]")!, JsonNode.Parse("[[0,0],[6,0],[6,3]]")!),
        ["OfferedFormat.provinces"] = (new JsonArray("44"), new JsonArray("11")),
        ["PlannedRoom.code"] = (Seeds.Key, Seeds.Key), // the one that is booked
        ["JobAdvert.edition"] = (Seeds.Edition, Seeds.Edition),
        ["JobAdvert.validThrough"] = (TimeProvider.System.GetUtcNow().AddDays(30), TimeProvider.System.GetUtcNow().AddDays(31)),
        ["JobAdvert.applicantCountries"] = (new JsonArray("CN"), new JsonArray("DE")),
        ["CreateApiClientRequest.scopes"] = (new JsonArray("jobs:read"), new JsonArray("jobs:write")),
    };

    /// <summary>Remembers two values for a member: one that exists, and another one.</summary>
    public static void Set(string member, JsonNode one, JsonNode other) => Values[member] = (one, other);

    /// <summary>The value of a member that cannot be made up, or nothing.</summary>
    public static JsonNode? Of(Type type, string member, bool other) =>
        // A name that another test took would be taken.
        $"{type.Name}.{member}" == "SignUpRequest.username" ? JsonValue.Create($"user_{Guid.CreateVersion7():N}") : Known(type, member, other);

    private static JsonNode? Known(Type type, string member, bool other) =>
        Values.TryGetValue($"{type.Name}.{member}", out var values) ? (other ? values.Other : values.One).DeepClone() : null;
}
