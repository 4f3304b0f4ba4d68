using System.Security.Cryptography;

namespace Expo.Demo;

/// <summary>What the acts share: who plays, what was published, and the things whose history is told at the end.</summary>
internal sealed class Stage(HttpClient gateway, Session committee, Fixture fixture, DateOnly today, Narrator narrator)
{
    private readonly List<Remembered> remembered = [];
    private readonly Dictionary<string, string> names = [];
    private readonly Calendar calendar = new(fixture.Edition, today);

    /// <summary>Tells this run's accounts and names from those of other runs.</summary>
    public string Run { get; } = RandomNumberGenerator.GetString("0123456789abcdef", 8);

    public Session Committee => committee;

    public Fixture Fixture => fixture;

    public Calendar Calendar => calendar;

    public Narrator Narrator => narrator;

    public DateOnly Today => today;

    /// <summary>The edition's code; moved to another year it is another edition.</summary>
    public string Edition => calendar.Moved ? $"{fixture.Edition.Code}_in_{calendar.Year(fixture.Edition.Year)}" : fixture.Edition.Code;

    public IReadOnlyList<Remembered> Things => remembered;

    /// <summary>What an actor in a history is called here.</summary>
    public string NameOf(string? actor) => actor is null ? "nobody named" : names.GetValueOrDefault(actor, actor);

    /// <summary>The committee comes first: it was there when the platform started.</summary>
    public async Task SignInCommittee(CancellationToken ct)
    {
        await committee.SignIn(ct);
        names[(await committee.Get<Account>("/api/registration/v1/accounts/me", ct)).Id.ToString()] = "the committee";
    }

    /// <summary>Somebody opens an account, with a password that nobody will need again.</summary>
    public async Task<(Session Session, Guid Account)> SignUp(string name, string registrantKind, CancellationToken ct)
    {
        var (username, password) = ($"demo-{name}-{Run}", RandomNumberGenerator.GetHexString(24));
        var session = Session.Of(gateway, username, password);
        var answer = await session.Post("/api/registration/v1/accounts", new { username, password, registrantKind }, ct);
        var account = answer.As<SignedUp>().AccountId;
        names[account.ToString()] = $"the {name} account";
        return (session, account);
    }

    /// <summary>A program with its own credentials.</summary>
    public Session Program(Guid clientId, string secret) => Session.OfProgram(gateway, clientId, secret);

    /// <summary>A body of the fixture by its code; some are named in words only.</summary>
    public string NameOfBody(string code) => fixture.Organisations.FirstOrDefault(body => body.Code == code)?.Zh ?? code;

    /// <summary>Keeps a thing, whose history is at <c>{path}/history</c>, for the end.</summary>
    public void Remember(string service, string name, string path) => remembered.Add(new(service, name, $"/api/{service}/v1/{path}/history"));

    private sealed record SignedUp(Guid AccountId);

    private sealed record Account(Guid Id);
}

/// <summary>A thing of the story.</summary>
internal sealed record Remembered(string Service, string Name, string Path);

/// <summary>A page of a list.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
