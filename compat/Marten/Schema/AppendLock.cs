using System.Text;
using Marten.Events;

namespace Marten.Schema;

/// <summary>The advisory lock every append of a store holds, shared, from before it draws numbers until it ends.</summary>
internal sealed record AppendLock(int Class, int Key)
{
    // "MtAp" in ASCII; the pair form keeps clear of the single-number locks that leaders and schema changes take.
    private const int AppendClass = 0x4D744170;

    public static AppendLock For(EventGraph events) => new(AppendClass, StableHash.Of(events.DatabaseSchemaName));
}

/// <summary>A hash that is the same in every process.</summary>
internal static class StableHash
{
    public static int Of(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ b) * 16777619);
        return (int)(hash & 0x7FFFFFFF);
    }
}
