using Expo.Contracts.Registration;

namespace Expo.Kernel.Directory;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something a service heard about an edition.</summary>
public abstract record KnownEditionEvent;

/// <summary>The edition was announced; <c>SourceVersion</c> is the version of the announcing event in Registration.</summary>
public sealed record EditionHeard(
    Guid EditionId, string Code, int Number, int Year, DeliveryMode DeliveryMode, Text Name, IReadOnlyList<DateOnly> OpenDays, IReadOnlyList<DateOnly> ArrivalDays,
    IReadOnlyList<DateOnly> MoveInDays, IReadOnlyList<Deadline> Deadlines, long SourceVersion) : KnownEditionEvent;

/// <summary>One deadline is another one now.</summary>
public sealed record DeadlineHeard(Guid EditionId, string Code, Deadline Deadline, long SourceVersion) : KnownEditionEvent;

/// <summary>A deadline with the version of the event that set it.</summary>
public sealed record KnownDeadline(Deadline Deadline, long SourceVersion);

/// <summary>What this service knows of an edition: built from messages that may come late, twice or in another order.</summary>
public sealed record KnownEdition(Guid Id, string Code, int Number, int Year, DeliveryMode DeliveryMode, Text? Name) : IState<KnownEdition>
{
    /// <summary>An edition not heard of.</summary>
    public KnownEdition() : this(Guid.Empty, "", 0, 0, DeliveryMode.Onsite, null) { }

    /// <summary>The days it is open.</summary>
    public IReadOnlyList<DateOnly> OpenDays { get; init; } = [];
    /// <summary>The days of registration on arrival.</summary>
    public IReadOnlyList<DateOnly> ArrivalDays { get; init; } = [];
    /// <summary>The days on which stands are built.</summary>
    public IReadOnlyList<DateOnly> MoveInDays { get; init; } = [];
    /// <summary>Its deadlines by code, each with its own version.</summary>
    public IReadOnlyDictionary<string, KnownDeadline> Deadlines { get; init; } = new SortedDictionary<string, KnownDeadline>();
    /// <summary>The version of the announcement; 0 while only a moved deadline has been heard.</summary>
    public long SourceVersion { get; init; }
    /// <summary>One stream per edition code.</summary>
    public static Guid IdOf(string code) => NaturalId.For("edition", code);

    /// <summary>A deadline by its code.</summary>
    public Deadline? DeadlineOf(string code) => Deadlines.GetValueOrDefault(code)?.Deadline;

    /// <inheritdoc />
    public KnownEdition Evolve(object @event) => @event switch
    {
        EditionHeard e => this with
        {
            Id = e.EditionId, Code = e.Code, Number = e.Number, Year = e.Year, DeliveryMode = e.DeliveryMode, Name = e.Name, OpenDays = e.OpenDays,
            ArrivalDays = e.ArrivalDays, MoveInDays = e.MoveInDays, SourceVersion = e.SourceVersion,
            Deadlines = e.Deadlines.Aggregate(Deadlines, (all, deadline) => Newer(all, deadline, e.SourceVersion)),
        },
        DeadlineHeard e => this with { Id = e.EditionId, Code = e.Code, Deadlines = Newer(Deadlines, e.Deadline, e.SourceVersion) },
        _ => this,
    };

    private static SortedDictionary<string, KnownDeadline> Newer(IReadOnlyDictionary<string, KnownDeadline> all, Deadline deadline, long version)
    {
        var next = new SortedDictionary<string, KnownDeadline>(all.ToDictionary());
        if (!next.TryGetValue(deadline.Code, out var known) || known.SourceVersion < version)
            next[deadline.Code] = new KnownDeadline(deadline, version);
        return next;
    }
}

/// <summary>Keep an edition that was announced.</summary>
public sealed record KeepEdition(EditionAnnounced Message, long SourceVersion)
{
    /// <summary>An older announcement than the one kept changes nothing.</summary>
    public Decision<KnownEditionEvent> Decide(KnownEdition edition, DateTimeOffset now) =>
        SourceVersion <= edition.SourceVersion
            ? Decision<KnownEditionEvent>.Nothing
            : new EditionHeard(
                KnownEdition.IdOf(Message.Code), Message.Code, Message.Number, Message.Year, Enum.Parse<DeliveryMode>(Message.DeliveryMode, ignoreCase: true),
                new Text(Message.NameZh, Message.NameEn), Message.OpenDays, Message.ArrivalDays, Message.MoveInDays,
                Message.Deadlines.Select(KeepDeadline.Read).ToArray(), SourceVersion);
}

/// <summary>Keep a deadline that was moved.</summary>
public sealed record KeepDeadline(DeadlineMoved Message, long SourceVersion)
{
    /// <summary>An older move than the one kept changes nothing.</summary>
    public Decision<KnownEditionEvent> Decide(KnownEdition edition, DateTimeOffset now) =>
        edition.Deadlines.GetValueOrDefault(Message.Deadline.Code) is { } known && SourceVersion <= known.SourceVersion
            ? Decision<KnownEditionEvent>.Nothing
            : new DeadlineHeard(KnownEdition.IdOf(Message.EditionCode), Message.EditionCode, Read(Message.Deadline), SourceVersion);

    internal static Deadline Read(EditionDeadline deadline) =>
        new(deadline.Code, deadline.Date, Enum.Parse<RuleKind>(deadline.Kind, ignoreCase: true));
}
