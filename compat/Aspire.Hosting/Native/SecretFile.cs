using System.Text.Json;
using Aspire.Hosting;

namespace Expo.NativeHosting;

/// <summary>Generated secrets that must not change between starts, readable by their owner only; the keys are those of the configuration.</summary>
internal sealed class SecretFile(string path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock gate = new();
    private Dictionary<string, string>? values;

    public string Path => path;

    public string GetOrAdd(string key, Func<string> generate)
    {
        lock (gate)
        {
            values ??= Read();
            if (!values.TryGetValue(key, out var value))
            {
                values[key] = value = generate();
                Write(values);
            }

            return value;
        }
    }

    private Dictionary<string, string> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException(
                $"{path} is damaged. It holds the passwords of the data beside it: restore it, or drop both with ./expo reset.", e);
        }
    }

    // A new file moved into place, so that a crash leaves the old one or the new one.
    private void Write(Dictionary<string, string> all)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        PrivateFile.Write(path, JsonSerializer.Serialize(all, Indented));
    }
}

/// <summary>Files for their owner only.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string content)
    {
        var draft = $"{path}.new";
        File.Delete(draft);
        using (var stream = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            using var writer = new StreamWriter(stream);
            writer.Write(content);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
