using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weasel.Core;

namespace Marten.Services;

/// <summary>JSON by System.Text.Json, with the options fixed at the store's start.</summary>
internal sealed class SystemTextJsonSerializer : ISerializer
{
    private readonly JsonSerializerOptions _options;

    public SystemTextJsonSerializer(JsonSerializerOptions options, EnumStorage enumStorage, Casing casing)
    {
        (EnumStorage, Casing) = (enumStorage, casing);
        _options = new JsonSerializerOptions(options)
        {
            // jsonb orders members by length, so a type discriminator need not come first when it is read back.
            AllowOutOfOrderMetadataProperties = true,
        };
        if (enumStorage == EnumStorage.AsString) _options.Converters.Add(new JsonStringEnumConverter());
        _options.PropertyNamingPolicy = casing switch
        {
            Casing.CamelCase => JsonNamingPolicy.CamelCase,
            Casing.SnakeCase => JsonNamingPolicy.SnakeCaseLower,
            _ => _options.PropertyNamingPolicy,
        };
        _options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
    }

    public EnumStorage EnumStorage { get; }
    public Casing Casing { get; }

    public string ToJson(object? document) => document is null ? "null" : JsonSerializer.Serialize(document, _options.GetTypeInfo(document.GetType()));

    public T FromJson<T>(Stream stream) => JsonSerializer.Deserialize<T>(stream, _options)!;

    public object FromJson(Type type, Stream stream) => JsonSerializer.Deserialize(stream, type, _options)!;

    public byte[] ToUtf8(object document) => JsonSerializer.SerializeToUtf8Bytes(document, _options.GetTypeInfo(document.GetType()));

    public T FromUtf8<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)))!;

    public object FromUtf8(ReadOnlySpan<byte> json, Type type) => JsonSerializer.Deserialize(json, _options.GetTypeInfo(type))!;

    public string NameOf(MemberInfo member) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? _options.PropertyNamingPolicy?.ConvertName(member.Name) ?? member.Name;
}
