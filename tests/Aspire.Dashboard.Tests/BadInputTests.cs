using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Expo.Dashboard.Otlp;
using Google.Protobuf;
using static Expo.Dashboard.Tests.Requests;

namespace Expo.Dashboard.Tests;

/// <summary>What is sent wrongly is answered plainly, over both protocols, and nothing of it is kept.</summary>
public sealed class BadInputTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    private const int Megabyte = 1024 * 1024;

    public enum Bad
    {
        Garbage,
        CutOff,
        RightThenGarbage,
        NestedWithoutEnd,
        TooLarge,
        Bomb,
        NoGzip,
    }

    public static TheoryData<Bad, string, bool> BadRequests() =>
        [.. from kind in Enum.GetValues<Bad>() from signal in (string[])["traces", "logs", "metrics"] from grpc in (bool[])[true, false]
            where kind != Bad.NestedWithoutEnd || signal == "traces" select (kind, signal, grpc)];

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_request_that_cannot_be_read_is_refused_whole(Bad kind, string signal, bool grpc)
    {
        var service = $"bad-{kind}-{signal}-{grpc}";
        var good = Good(signal, service);
        var (body, gzip) = kind switch
        {
            Bad.Garbage => ("<html>no protobuf at all</html>"u8.ToArray(), false),
            Bad.CutOff => (good[..^3], false),
            Bad.RightThenGarbage => ([.. good, 0xFF, 0xFF, 0xFF], false),
            Bad.NestedWithoutEnd => (Spans(service, Deep(200)), false),
            Bad.TooLarge => (new byte[17 * Megabyte], false),
            Bad.Bomb => (Zip(new byte[200 * Megabyte]), true),
            _ => (good, true),
        };

        var answer = await Send(signal, body, grpc, gzip);

        Assert.Equal((kind is Bad.TooLarge or Bad.Bomb, grpc) switch { (true, true) => 8, (true, false) => 413, (false, true) => 3, (false, false) => 400 }, answer.Status);
        Assert.Contains(kind is Bad.TooLarge or Bad.Bomb ? "at most 16 MB" : "no OTLP request", answer.Said, StringComparison.Ordinal);
        await Send(signal, Good(signal, $"after-{service}"), grpc, gzip: false);
        var sources = await dashboard.Eventually("/api/telemetry/sources", names => names.EnumerateArray().Any(name => name.GetString() == $"after-{service}"));
        Assert.DoesNotContain(sources.EnumerateArray(), name => name.GetString() == service);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_has_no_key_or_another_content_type_is_told_so(bool grpc)
    {
        Assert.Equal(grpc ? 16 : 401, (await Send("traces", Good("traces", "keyless"), grpc, gzip: false, key: "wrong")).Status);
        if (grpc)
            return;
        Assert.Equal(415, (await Send("traces", Good("traces", "keyless"), grpc, gzip: false, type: "application/json")).Status);
        Assert.Equal(415, (await Send("traces", Good("traces", "keyless"), grpc, gzip: false, encoding: "br")).Status);
    }

    [Fact]
    public async Task What_cannot_be_is_left_out_counted_and_told_and_the_rest_is_kept()
    {
        var request = new TraceRequest();
        var before = (await dashboard.Get("/api/telemetry/state")).GetProperty("spans").GetProperty("refused").GetInt64();
        var spans = new[]
        {
            Span("right", Now), Span("1970", DateTimeOffset.UnixEpoch), Span("2200", Now.AddYears(174)), Span("no id", Now), Span("huge", Now), Span("ends in 2200", Now), Span("also right", Now),
        };
        spans[3].TraceId = ByteString.Empty;
        spans[4].Attributes.Add(new KeyValue { Key = "body", Value = new() { StringValue = new('x', Megabyte) } });
        spans[5].EndTimeUnixNano = ulong.MaxValue;
        request.ResourceSpans.Add(Resource("wrong-clock", spans));

        var answer = await Send("traces", Zip(request.ToByteArray()), grpc: false, gzip: true);

        var told = ExportResponse.Parser.ParseFrom(answer.Body).PartialSuccess;
        Assert.Equal((200, 5L), (answer.Status, told.Rejected));
        Assert.NotEmpty(told.ErrorMessage);
        var kept = await dashboard.Eventually("/api/telemetry/spans?source=wrong-clock", answers => answers.GetArrayLength() == 2);
        Assert.Equal(["also right", "right"], kept.EnumerateArray().Select(span => span.GetProperty("name").GetString()));
        Assert.Equal(before + 5, (await dashboard.Get("/api/telemetry/state")).GetProperty("spans").GetProperty("refused").GetInt64());
    }

    [Fact]
    public async Task A_measurement_that_is_no_number_or_a_difference_is_left_out()
    {
        var time = (ulong)Now.ToUnixTimeMilliseconds() * 1_000_000;
        var gauge = new Metric { Name = "gauge", Gauge = new() };
        foreach (var value in (double[])[double.NaN, double.PositiveInfinity, 7])
            gauge.Gauge.DataPoints.Add(new NumberDataPoint { TimeUnixNano = time, AsDouble = value });
        var delta = new Metric { Name = "delta", Sum = new() { AggregationTemporality = 1, IsMonotonic = true, DataPoints = { new NumberDataPoint { TimeUnixNano = time, AsInt = 1 } } } };
        var histogram = new Metric
        {
            Name = "histogram",
            Histogram = new() { AggregationTemporality = 2, DataPoints = { new HistogramDataPoint { TimeUnixNano = time, Count = 3, BucketCounts = { 1, 2 }, ExplicitBounds = { 5, 1, double.NaN } } } },
        };
        var request = new MetricsRequest
        {
            ResourceMetrics = { new ResourceMetrics { Resource = Named("no-numbers"), ScopeMetrics = { new ScopeMetrics { Metrics = { gauge, delta, histogram } } } } },
        };

        var answer = await Send("metrics", request.ToByteArray(), grpc: true, gzip: false);

        Assert.Equal((0, 4L), (answer.Status, ExportResponse.Parser.ParseFrom(answer.Body).PartialSuccess.Rejected));
        var instrument = Assert.Single((await dashboard.Eventually("/api/telemetry/instruments", all => Of(all).Any())).EnumerateArray(), one => one.GetProperty("source").GetString() == "no-numbers");
        var line = Assert.Single((await dashboard.Get($"/api/telemetry/instruments/{instrument.GetProperty("id").GetInt64()}")).GetProperty("lines").EnumerateArray());
        Assert.Equal(7, Assert.Single(line.GetProperty("values").EnumerateArray()).GetDouble());

        static IEnumerable<System.Text.Json.JsonElement> Of(System.Text.Json.JsonElement all) => all.EnumerateArray().Where(one => one.GetProperty("source").GetString() == "no-numbers");
    }

    [Theory]
    [InlineData("traces?from=yesterday", "from must be a time")]
    [InlineData("logs?limit=many", "limit must be a number")]
    [InlineData("spans?attribute=hall", "attribute must be name:value")]
    [InlineData("logs?before=-1", "before must be a number")]
    [InlineData("instruments/1?to=99-99", "to must be a time")]
    [InlineData("problems?minutes=long", "minutes")]
    public async Task A_question_that_makes_no_sense_is_answered_with_what_is_wrong(string question, string said)
    {
        using var answer = await dashboard.Client.GetAsync(new Uri($"/api/telemetry/{question}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("request.malformed", problem.GetProperty("code").GetString());
        Assert.Contains(said, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("traces?text=%00%27%22%3B--%25_&limit=999999")]
    [InlineData("logs?attribute=%27:%22&severity=99")]
    [InlineData("spans?source=%F0%9F%8F%A2&longer=9223372036854")]
    [InlineData("traces?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    [InlineData("instruments/9223372036854775807")]
    public async Task A_question_about_what_is_not_there_is_answered(string question) =>
        Assert.Equal(HttpStatusCode.OK, (await dashboard.Client.GetAsync(new Uri($"/api/telemetry/{question}", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);

    [Fact]
    public void Whatever_is_taken_can_be_read_again()
    {
        var random = new Random(20231115);
        var good = Good("traces", "mutated");
        var reading = new OtlpReading(new() { File = "" }, TimeProvider.System);
        var taken = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = good.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            try
            {
                foreach (var row in reading.Spans(mutated).Rows)
                {
                    var span = Expo.Dashboard.Otlp.Span.Parser.ParseFrom(row.Body.Span);
                    Assert.NotNull(span.Attributes.Texts());
                    taken++;
                }
            }
            catch (InvalidDataException)
            {
                // Refused, which is as good.
            }
        }

        Assert.True(taken > 1_000, $"Only {taken} were taken.");
    }

    private async Task<(int Status, byte[] Body, string Said)> Send(
        string signal, byte[] body, bool grpc, bool gzip, string key = RunningDashboard.Key, string type = "application/x-protobuf", string? encoding = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, grpc ? GrpcAddress(signal) : new Uri($"{dashboard.Server.OtlpHttpUrl}/v1/{signal}"));
        request.Headers.Add("x-otlp-api-key", key);
        if (grpc)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            var frame = new byte[body.Length + 5];
            frame[0] = gzip ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)body.Length);
            body.CopyTo(frame, 5);
            request.Content = new ByteArrayContent(frame) { Headers = { ContentType = new("application/grpc") } };
        }
        else
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
            if ((gzip ? "gzip" : encoding) is { } coding)
                request.Content.Headers.ContentEncoding.Add(coding);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var said = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if (!grpc)
            return ((int)answer.StatusCode, said, System.Text.Encoding.UTF8.GetString(said));
        var trailers = answer.TrailingHeaders.Concat(answer.Headers).ToLookup(header => header.Key, header => header.Value.First());
        return (int.Parse(trailers["grpc-status"].First(), System.Globalization.CultureInfo.InvariantCulture), said.Length > 5 ? said[5..] : [], trailers["grpc-message"].FirstOrDefault() ?? "");
    }

    private Uri GrpcAddress(string signal)
    {
        var (package, service) = signal switch { "traces" => ("trace", "Trace"), "logs" => ("logs", "Logs"), _ => ("metrics", "Metrics") };
        return new($"{dashboard.Server.OtlpGrpcUrl}/opentelemetry.proto.collector.{package}.v1.{service}Service/Export");
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
