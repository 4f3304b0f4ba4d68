using System.Net;
using System.Text;
using Expo.Demo;
using Expo.TestKit;
using Npgsql;

namespace Expo.Platform.Tests;

/// <summary>What belongs to a person is read back through the API, and is nowhere to be found otherwise.</summary>
[Trait("needs", "platform")]
public sealed class CanaryTests(RunningPlatform platform)
{
    [Fact]
    public async Task Names_phones_and_addresses_are_in_no_table_queue_or_log()
    {
        var story = await platform.Story();
        await They_are_read_back(story);
        var traces = Trace.Of(People.Staff.SelectMany(p => new[] { p.NameZh, p.NameEn, p.Phone, p.Email })
            .Concat([People.Speaker.NameZh, People.Speaker.NameEn, People.Message, platform.CommitteePassword])).ToList();

        var found = new List<string>();
        foreach (var service in RunningPlatform.Services)
            found.AddRange(await Search(service, traces));
        var files = Directory.EnumerateFiles(platform.Data, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => !file.Contains("/cluster/", StringComparison.Ordinal) && Path.GetFileName(file) != "secrets.json").ToList();
        Assert.Contains(files, file => file.EndsWith("registration.log", StringComparison.Ordinal));
        Assert.Contains(files, file => file.Contains("messaging", StringComparison.Ordinal) && !file.EndsWith(".log", StringComparison.Ordinal));
        foreach (var file in files)
            found.AddRange(await Search(file, traces, platform.Data));

        Assert.Empty(found);
    }

    [Fact]
    public void The_search_finds_what_is_there_in_every_form()
    {
        const string Canary = "测试甲@example.org";
        foreach (var hidden in new[]
        {
            Encoding.UTF8.GetBytes($"x{Canary}x"), Encoding.Unicode.GetBytes(Canary), Encoding.BigEndianUnicode.GetBytes(Canary),
            Encoding.ASCII.GetBytes("\\u6d4b\\u8bd5\\u7532@example.org"), Encoding.ASCII.GetBytes("\\u6D4B\\u8BD5\\u7532@example.org"),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"1{Canary}2"))),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"12{Canary}1"))),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Canary))),
        })
        {
            Assert.Contains(Trace.Of([Canary]), trace => hidden.AsSpan().IndexOf(trace.Bytes) >= 0);
        }
    }

    private async Task They_are_read_back(StoryResult story)
    {
        using var committee = await platform.Committee();
        foreach (var (id, person) in story.People.Zip(People.Staff))
        {
            var card = (await committee.Get($"/api/registration/v1/people/{id}")).Is(HttpStatusCode.OK).Json;
            Assert.Equal(
                (person.NameZh, person.NameEn, person.Phone, person.Email),
                (card.GetProperty("nameZh").GetString(), card.GetProperty("nameEn").GetString(), card.GetProperty("phone").GetString(), card.GetProperty("email").GetString()));
        }

        var proposal = (await committee.Get($"/api/forum/v1/editions/{story.Edition}/proposals/{story.ForumId}")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(People.Speaker.NameEn, proposal.GetProperty("speakers")[0].GetProperty("nameEn").GetString());
    }

    // Every row of every table as text; binary columns show as hexadecimal digits.
    private async Task<IReadOnlyList<string>> Search(string service, IReadOnlyList<Trace> traces)
    {
        await using var source = NpgsqlDataSource.Create((await platform.Login(service, service)).ConnectionString);
        var tables = new List<string>();
        await using (var list = source.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await list.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                tables.Add(reader.GetString(0));
        }

        Assert.Contains("public.mt_events", tables);
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var rows = source.CreateCommand($"select string_agg(t::text, e'\\n') from {table} t");
            var content = Encoding.UTF8.GetBytes(await rows.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string ?? "");
            found.AddRange(Found(content, traces, $"{service}: {table}"));
        }

        return found;
    }

    private static async Task<IEnumerable<string>> Search(string file, IReadOnlyList<Trace> traces, string root)
    {
        try
        {
            // An empty file is somebody's lock, and cannot be opened beside them.
            return new FileInfo(file).Length == 0
                ? []
                : Found(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), traces, Path.GetRelativePath(root, file)).ToList();
        }
        catch (FileNotFoundException)
        {
            return []; // the broker has just removed it
        }
    }

    private static IEnumerable<string> Found(byte[] content, IReadOnlyList<Trace> traces, string where) =>
        traces.Where(trace => content.AsSpan().IndexOf(trace.Bytes) >= 0).Select(trace => $"{where}: {trace.Canary} as {trace.Form}");
}

/// <summary>One form in which a text may have been written down.</summary>
internal sealed record Trace(string Canary, string Form, byte[] Bytes)
{
    /// <summary>Every form of each text.</summary>
    public static IEnumerable<Trace> Of(IEnumerable<string> canaries) =>
        canaries.SelectMany(canary => Forms(canary).Select(form => new Trace(canary, form.Name, form.Bytes))).Where(trace => trace.Bytes.Length >= 6);

    private static IEnumerable<(string Name, byte[] Bytes)> Forms(string canary)
    {
        foreach (var (name, bytes) in new[]
        {
            ("UTF-8", Encoding.UTF8.GetBytes(canary)), ("UTF-16", Encoding.Unicode.GetBytes(canary)), ("UTF-16 big-endian", Encoding.BigEndianUnicode.GetBytes(canary)),
        })
        {
            yield return (name, bytes);
            yield return ($"{name} in hexadecimal digits", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
            for (var before = 0; before < 3; before++)
                yield return ($"{name} in base64, alignment {before}", Encoding.ASCII.GetBytes(Base64Core(bytes, before)));
        }

        foreach (var format in new[] { "x4", "X4" })
            yield return ($"JSON escapes ({format})", Encoding.ASCII.GetBytes(string.Concat(canary.Select(c => c < 128 ? c.ToString() : $"\\u{((int)c).ToString(format, null)}"))));
    }

    // The digits that do not depend on what stands before or after.
    private static string Base64Core(byte[] bytes, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var (first, last) = ((before * 8 + 5) / 6, (before + bytes.Length) * 8 / 6);
        return text[first..last];
    }
}
