using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Expo.Demo;

/// <summary>The 21st expo as its organisers published it: edition, pavilions, zones, sections and their delegations.</summary>
public sealed class Fixture
{
    /// <summary>The edition.</summary>
    public FixtureEdition Edition { get; init; } = new();

    /// <summary>Every body named, by code.</summary>
    public List<FixtureOrganisation> Organisations { get; init; } = [];

    /// <summary>The pavilions with everything in them.</summary>
    public List<FixturePlace> Pavilions { get; init; } = [];

    /// <summary>The job fairs.</summary>
    public List<FixtureFair> JobFairs { get; init; } = [];

    /// <summary>The boards.</summary>
    public List<FixtureBoard> MatchBoards { get; init; } = [];

    /// <summary>The forums.</summary>
    public FixtureForums Forums { get; init; } = new();

    /// <summary>The delegations: those placed in a section, in order of the plan, then those named in none.</summary>
    public IEnumerable<(string Name, string? Section)> Delegations =>
        from pavilion in Pavilions
        from zone in pavilion.Zones
        from delegation in zone.Sections.SelectMany(section => section.Delegations.Select(name => (name, (string?)section.Code)))
            .Concat(zone.UnplacedDelegations.Select(name => (name, (string?)null)))
        select delegation;

    /// <summary>Reads the fixture that ships with the demo.</summary>
    public static Fixture Read()
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream("expo-2023.yaml")!;
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder()
            .WithNamingConvention(CamelCaseNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<Fixture>(reader);
    }
}

/// <summary>The edition's own facts.</summary>
public sealed class FixtureEdition
{
    /// <summary>Its code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Which one it is.</summary>
    public int Number { get; init; }

    /// <summary>The calendar year.</summary>
    public int Year { get; init; }

    /// <summary>Where it takes place.</summary>
    public string DeliveryMode { get; init; } = "";

    /// <summary>Its Chinese name.</summary>
    public string NameZh { get; init; } = "";

    /// <summary>Its English name.</summary>
    public string NameEn { get; init; } = "";

    /// <summary>Its theme.</summary>
    public string ThemeZh { get; init; } = "";

    /// <summary>The days it is open.</summary>
    public List<string> OpenDays { get; init; } = [];

    /// <summary>The days of registration on arrival.</summary>
    public List<string> ArrivalDays { get; init; } = [];

    /// <summary>The days on which stands are built.</summary>
    public List<string> MoveInDays { get; init; } = [];

    /// <summary>主办, by code.</summary>
    public List<string> Hosts { get; init; } = [];

    /// <summary>承办, by code.</summary>
    public List<string> Undertakers { get; init; } = [];

    /// <summary>执行, by code.</summary>
    public List<string> Executors { get; init; } = [];

    /// <summary>Its venues.</summary>
    public List<FixtureVenue> Venues { get; init; } = [];

    /// <summary>Last days.</summary>
    public List<FixtureDeadline> Deadlines { get; init; } = [];
}

/// <summary>A last day.</summary>
public sealed class FixtureDeadline
{
    /// <summary>What it is for.</summary>
    public string Code { get; init; } = "";

    /// <summary>The day.</summary>
    public string Date { get; init; } = "";

    /// <summary>Hard or soft.</summary>
    public string Kind { get; init; } = "";
}

/// <summary>A body that takes part.</summary>
public sealed class FixtureOrganisation
{
    /// <summary>Its code in the fixture.</summary>
    public string Code { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Zh { get; init; } = "";
}

/// <summary>A pavilion, zone or section.</summary>
public sealed class FixturePlace
{
    /// <summary>Its code, unique beside its siblings.</summary>
    public string Code { get; init; } = "";

    /// <summary>Its Chinese name.</summary>
    public string Zh { get; init; } = "";

    /// <summary>Its English name.</summary>
    public string En { get; init; } = "";

    /// <summary>A pavilion's zones.</summary>
    public List<FixturePlace> Zones { get; init; } = [];

    /// <summary>A zone's sections.</summary>
    public List<FixturePlace> Sections { get; init; } = [];

    /// <summary>The delegations in a section.</summary>
    public List<string> Delegations { get; init; } = [];

    /// <summary>Delegations of a zone that no section names.</summary>
    public List<string> UnplacedDelegations { get; init; } = [];
}
