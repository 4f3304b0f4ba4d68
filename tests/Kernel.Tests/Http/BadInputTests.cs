using System.Net;
using System.Text;
using System.Text.Json;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Kernel.Tests.Http;

/// <summary>What cannot be understood is answered with a stable code, and nothing is written.</summary>
[Trait("needs", "postgres")]
public sealed class BadInputTests(SampleHost host) : IClassFixture<SampleHost>
{
    private readonly Guid locker = Guid.CreateVersion7();

    [Theory]
    [InlineData("""{"name":""")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"name":"a","phone":"1","minutes":5,"colour":"red"}""")]
    [InlineData("""{"name":"a","name":"b","phone":"1","minutes":5}""")]
    [InlineData("""{"name":7,"phone":"1","minutes":5}""")]
    [InlineData("""{"name":"a","phone":"1","minutes":"5"}""")]
    [InlineData("""{"name":"a","phone":"1","minutes":5,"note":"just a string"}""")]
    [InlineData("""{"name":"a","phone":"1","minutes":5,"size":1}""")]
    public async Task What_cannot_be_read_is_malformed(string body) =>
        await Nothing_is_written(await Put(body), HttpStatusCode.BadRequest, "request.malformed");

    [Theory]
    [InlineData("""{"phone":"1","minutes":5}""", "#/name", "field.required")]
    [InlineData("""{"name":"","phone":"1","minutes":5}""", "#/name", "field.required")]
    [InlineData("""{"name":"12345678901234567890123456789012345678901","phone":"1","minutes":5}""", "#/name", "field.too_long")]
    [InlineData("""{"name":"a","phone":"1","minutes":0}""", "#/minutes", "field.out_of_range")]
    [InlineData("""{"name":"a","phone":"1","minutes":601}""", "#/minutes", "field.out_of_range")]
    [InlineData("""{"name":"a","phone":"1","minutes":5,"size":"wardrobe"}""", "#/size", "field.unknown_code")]
    [InlineData("""{"name":"a","phone":"1","minutes":5,"note":{"en":"no Chinese"}}""", "#/note", "field.too_long")]
    [InlineData("""{"name":"a","phone":"1","minutes":5,"note":{"zh":"一二三四五六七八九十一"}}""", "#/note", "field.too_long")]
    public async Task Content_that_is_not_valid_names_its_field(string body, string pointer, string code)
    {
        var answer = await Put(body);
        await Nothing_is_written(answer, HttpStatusCode.UnprocessableEntity, "validation");

        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal(["zh", "en"], error.GetProperty("detail").EnumerateObject().Select(d => d.Name).OrderDescending());
    }

    [Fact]
    public async Task Every_invalid_field_is_named_at_once() =>
        Assert.Equal(
            ["#/minutes", "#/name", "#/phone"],
            (await Put("""{"name":"","phone":"","minutes":0}""")).Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).Order());

    [Fact]
    public async Task A_problem_has_the_same_members_everywhere()
    {
        foreach (var answer in new[]
        {
            await Put("not json"),
            await Put("""{"name":"","phone":"1","minutes":5}"""),
            await host.Client(TestCaller.Somebody()).Post($"/api/sample/v1/lockers/{locker}/holder:leave"),
            await host.Client().Put(Path, "{}"),
            await host.Client(TestCaller.Somebody()).Get("/api/sample/v1/nowhere"),
        })
        {
            var names = answer.Json.EnumerateObject().Select(member => member.Name).ToHashSet();
            Assert.Superset(new HashSet<string> { "type", "title", "status", "detail", "instance", "code", "traceId" }, names);
            Assert.Equal($"https://docs.expo.example/problems/{answer.Code}", answer.Json.GetProperty("type").GetString());
            Assert.Equal((int)answer.Status, answer.Json.GetProperty("status").GetInt32());
        }
    }

    [Theory]
    [InlineData("en-GB,zh;q=0.5", "There is no such locker.")]
    [InlineData("zh-CN", "没有这个储物柜。")]
    [InlineData("de", "没有这个储物柜。")]
    public async Task A_refusal_speaks_the_callers_language(string language, string detail)
    {
        var answer = await host.Client(TestCaller.Somebody()).Send(HttpMethod.Post, $"/api/sample/v1/lockers/{locker}/holder:leave", language: language);
        Assert.Equal(detail, answer.IsRefused(HttpStatusCode.NotFound, "locker.unknown").Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_by_its_type_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent("<name/>", Encoding.UTF8, "application/xml") };
        await Nothing_is_written(await host.Client(TestCaller.Somebody()).Ask(request), HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
    }

    [Fact]
    public async Task A_body_above_the_limit_is_too_large()
    {
        var body = JsonSerializer.Serialize(new { name = new string('a', 1_100_000), phone = "1", minutes = 5 });
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.ExpectContinue = true; // a body that is on its way already may meet a closed door before the answer is read
        await Nothing_is_written(await host.Client(TestCaller.Somebody()).Ask(request), HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_the_present_one_accepted()
    {
        var (caller, path) = (TestCaller.Somebody(), Path);
        var body = new TakeLockerRequest("a", "1", 5);
        var first = (await host.Client(caller).Put(path, body)).Is(HttpStatusCode.OK);
        Assert.Equal(1, first.Version);

        (await host.Client(caller).Put(path, body, ifMatch: 2)).IsRefused(HttpStatusCode.PreconditionFailed, "version.stale");
        (await host.Client(caller).Put(path, body, ifMatch: 1)).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("W/\"1\"")]
    [InlineData("\"one\"")]
    public async Task A_version_that_cannot_be_read_is_malformed(string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent("""{"name":"a","phone":"1","minutes":5}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        await Nothing_is_written(await host.Client(TestCaller.Somebody()).Ask(request), HttpStatusCode.BadRequest, "request.malformed");
    }

    [Fact]
    public async Task Strangers_and_those_without_the_role_are_kept_out()
    {
        (await host.Client().Put(Path, new TakeLockerRequest("a", "1", 5))).IsRefused(HttpStatusCode.Unauthorized, "auth.required");
        (await host.Client(TestCaller.Gate).Post($"/api/sample/v1/lockers/{locker}/inspection")).IsRefused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await host.Client(TestCaller.Officer).Post($"/api/sample/v1/lockers/{locker}/inspection")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_address_or_method_that_is_not_there_is_said_to_be_so()
    {
        var client = host.Client(TestCaller.Somebody());
        (await client.Get("/api/sample/v1/nowhere")).IsRefused(HttpStatusCode.NotFound, "route.unknown");
        (await client.Get("/api/sample/v1/lockers/not-a-guid/history")).IsRefused(HttpStatusCode.NotFound, "route.unknown");
        (await client.Delete(Path)).IsRefused(HttpStatusCode.MethodNotAllowed, "method.not_allowed");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    [InlineData("cursor=!!")]
    public async Task A_page_that_cannot_be_given_is_malformed(string query) =>
        (await host.Client().Get($"/api/sample/v1/editions?{query}")).IsRefused(HttpStatusCode.BadRequest, "request.malformed");

    private string Path => $"/api/sample/v1/lockers/{locker}/holder";

    private Task<Answer> Put(string body) => host.Client(TestCaller.Somebody()).Put(Path, body);

    private async Task Nothing_is_written(Answer answer, HttpStatusCode status, string code)
    {
        answer.IsRefused(status, code);
        Assert.Equal(0, await host.Database.Ask<long>("select count(*) from mt_events where stream_id = $1", locker));
    }
}
