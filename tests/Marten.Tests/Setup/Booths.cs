namespace Expo.Marten.Tests.Setup;

public abstract record BoothEvent;
public sealed record BoothPlanned(Guid BoothId, string Hall, int Number) : BoothEvent;
public sealed record BoothReserved(Guid BoothId, Guid ExhibitorId) : BoothEvent;
public sealed record BoothReleased(Guid BoothId, string Reason) : BoothEvent;

public enum BoothStatus { Unplanned, Free, Held }

/// <summary>A state in the house style: starts from nothing and evolves by any event.</summary>
public sealed record Booth(Guid Id, BoothStatus Status, Guid? ExhibitorId, int Changes)
{
    public Booth() : this(Guid.Empty, BoothStatus.Unplanned, null, 0) { }

    public Booth Evolve(object @event) => @event switch
    {
        BoothPlanned e => this with { Id = e.BoothId, Status = BoothStatus.Free, Changes = Changes + 1 },
        BoothReserved e => this with { Status = BoothStatus.Held, ExhibitorId = e.ExhibitorId, Changes = Changes + 1 },
        BoothReleased _ => this with { Status = BoothStatus.Free, ExhibitorId = null, Changes = Changes + 1 },
        _ => this,
    };
}

public sealed record HallOpened(string Name);
public sealed record VisitorCounted(int People);
public sealed record HallClosed;

/// <summary>An aggregate by conventional methods, with a version of its own.</summary>
public sealed class Hall
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public int People { get; set; }
    public long Version { get; set; }

    public static Hall Create(HallOpened e) => new() { Name = e.Name };
    public void Apply(VisitorCounted e) => People += e.People;
    public bool ShouldDelete(HallClosed e) => true;
}
