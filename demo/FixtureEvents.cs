namespace Expo.Demo;

/// <summary>Who does what.</summary>
public sealed class FixtureOrganiser
{
    /// <summary>Host, undertaker, lead, …</summary>
    public string Role { get; init; } = "";

    /// <summary>The body's code.</summary>
    public string Org { get; init; } = "";
}

/// <summary>A code with its Chinese name.</summary>
public sealed class FixtureItem
{
    /// <summary>The code.</summary>
    public string Code { get; init; } = "";

    /// <summary>The name.</summary>
    public string Zh { get; init; } = "";
}

/// <summary>A list that the source may end with "and others".</summary>
public sealed class FixtureList<T>
{
    /// <summary>Whether it does.</summary>
    public bool OpenEnded { get; init; }

    /// <summary>What it names.</summary>
    public List<T> Items { get; init; } = [];
}

/// <summary>A job fair and its rules.</summary>
public sealed class FixtureFair
{
    /// <summary>Its code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Its Chinese name.</summary>
    public string Zh { get; init; } = "";

    /// <summary>Its English name.</summary>
    public string En { get; init; } = "";

    /// <summary>Its slogan.</summary>
    public string? SloganZh { get; init; }

    /// <summary>Whom it is for.</summary>
    public List<string> Audiences { get; init; } = [];

    /// <summary>How it is held.</summary>
    public List<string> Formats { get; init; } = [];

    /// <summary>What a job must pay more than, in CNY a year.</summary>
    public string? MinAnnualSalaryCnyExclusive { get; init; }

    /// <summary>Its industries.</summary>
    public FixtureList<FixtureItem>? Industries { get; init; }

    /// <summary>Its parts.</summary>
    public FixtureList<FixtureItem>? Areas { get; init; }

    /// <summary>Where candidates studied.</summary>
    public FixtureList<string>? StudyRegions { get; init; }

    /// <summary>Who may apply, in words.</summary>
    public string? CandidateRule { get; init; }

    /// <summary>Which employers, in words.</summary>
    public string? EmployerRule { get; init; }

    /// <summary>What is offered.</summary>
    public FixtureList<string>? Services { get; init; }

    /// <summary>What else belongs to it.</summary>
    public List<FixtureItem> Extras { get; init; } = [];

    /// <summary>Who holds it.</summary>
    public List<FixtureOrganiser> Organisers { get; init; } = [];
}

/// <summary>A board.</summary>
public sealed class FixtureBoard
{
    /// <summary>Its code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Its Chinese name.</summary>
    public string Zh { get; init; } = "";

    /// <summary>Whose needs it takes.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Where it is put up.</summary>
    public List<string> Placements { get; init; } = [];

    /// <summary>Who keeps it.</summary>
    public List<FixtureOrganiser> Organisers { get; init; } = [];
}

/// <summary>The forums.</summary>
public sealed class FixtureForums
{
    /// <summary>Those that come back from expo to expo.</summary>
    public List<FixtureSeries> Series { get; init; } = [];
}

/// <summary>A series of forums.</summary>
public sealed class FixtureSeries
{
    /// <summary>Its code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Its Chinese name.</summary>
    public string Zh { get; init; } = "";

    /// <summary>What sort of forum it is.</summary>
    public string Tier { get; init; } = "";

    /// <summary>Which one of the series it is.</summary>
    public int? Edition { get; init; }

    /// <summary>Who holds it.</summary>
    public List<FixtureOrganiser> Organisers { get; init; } = [];
}

/// <summary>A venue.</summary>
public sealed class FixtureVenue
{
    /// <summary>Its code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Its Chinese name.</summary>
    public string Zh { get; init; } = "";

    /// <summary>The floors with meeting rooms.</summary>
    public List<int> MeetingFloors { get; init; } = [];
}
