using System.Globalization;

namespace Expo.Demo;

/// <summary>Tells what happened, a line at a time.</summary>
internal sealed class Narrator(TextWriter output)
{
    private int step;

    /// <summary>A new part of the story.</summary>
    public void Act(string zh, string en) => output.WriteLine($"\n{zh} · {en}");

    /// <summary>Something was done, and to what.</summary>
    public void Step(string what, params (string Name, object? Value)[] ids)
    {
        output.WriteLine($"  {++step,2}. {what}");
        foreach (var (name, value) in ids)
        {
            output.WriteLine($"      {name}: {value}");
        }
    }

    /// <summary>A thing whose history follows.</summary>
    public void Thing(string service, string name, Guid id) => output.WriteLine($"  {service}: {name} {id}");

    /// <summary>One fact of that history.</summary>
    public void Fact(int version, string @event, DateTimeOffset at, string why) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      {version,2} {@event,-32} {at:HH:mm:ss.fff} {why}"));
}
