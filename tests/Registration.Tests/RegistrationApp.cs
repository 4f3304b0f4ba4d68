using System.Net;
using Expo.Registration.Editions;
using Expo.TestKit;

[assembly: AssemblyFixture(typeof(Expo.Registration.Tests.RegistrationApp))]

namespace Expo.Registration.Tests;

/// <summary>The one host that most tests share; each test brings its own names, so that none sees another's.</summary>
public sealed class RegistrationApp : IAsyncLifetime
{
    public const string Api = "/api/registration/v1";
    public const string CommitteePassword = "a long password of the committee";

    private static int count;
    private readonly bool messaging;
    private readonly Servers? servers;

    /// <summary>The shared one; the servers end after it.</summary>
    public RegistrationApp() => servers = new Servers();

    internal RegistrationApp(bool messaging) => this.messaging = messaging;

    public ServiceApp<Edition> App { get; private set; } = null!;

    public static ServiceSetup Setup { get; } = new()
    {
        // Tests hash passwords at the same time, on few cores: each waits for its turn.
        Settings = new Dictionary<string, string> { ["Committee:Password"] = CommitteePassword, ["Accounts:Patience"] = "00:05:00" },
    };

    public HttpClient Nobody => App.Client();

    public HttpClient Officer { get; private set; } = null!;

    /// <summary>A name that no other test uses.</summary>
    public static string Fresh(string prefix) => $"{prefix}{Environment.ProcessId}_{Interlocked.Increment(ref count)}";

    /// <summary>A registration number (Hong Kong) that no other test uses.</summary>
    public static object Organisation(string? number = null, string name = "某某专业机构") => new
    {
        name = new { zh = name, en = "Some Institution" }, registrationNumber = number ?? Fresh("HK"), kind = "overseas_institution", country = "HK",
    };

    public static object Edition(string code, string lastDay = "2099-04-16") => new
    {
        code, number = 21, year = 2099, deliveryMode = "hybrid", name = new { zh = "大会", en = "Expo" }, openDays = new[] { "2099-04-15", lastDay },
        organisers = new[] { new { role = "host", name = new { zh = "主办单位" } } },
        deadlines = new[]
        {
            new { code = "booth_application", date = "2099-03-24", kind = "soft" },
            new { code = "forum_proposal", date = "2001-03-10", kind = "hard" },
        },
    };

    public static object Credentials(string username, string password = "a good long password") => new { username, password };

    public async ValueTask InitializeAsync()
    {
        App = await ServiceApp<Edition>.StartAsync(Setup with { Messaging = messaging });
        Officer = App.Client(TestCaller.Officer);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (servers is not null)
            await servers.DisposeAsync();
    }

    /// <summary>A client that sends a token which this service issued.</summary>
    public static HttpClient With(HttpClient client, string accessToken)
    {
        client.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        return client;
    }

    /// <summary>An edition that is announced.</summary>
    public async Task<string> AnnouncedEdition(string lastDay = "2099-04-16")
    {
        var code = Fresh("ed_");
        (await Officer.Post($"{Api}/editions", Edition(code, lastDay))).Is(HttpStatusCode.Created);
        return code;
    }
}
