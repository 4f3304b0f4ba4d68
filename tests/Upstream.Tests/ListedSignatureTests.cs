namespace Expo.Upstream.Tests;

/// <summary>
/// The stand-ins have exactly the signatures that are listed as upstream's (compat/Upstream): names of parameters, defaults, constraints,
/// nullability, base types. Whatever compiles on the one then compiles on the other.
/// </summary>
public sealed class ListedSignatureTests
{
    // Public because public types derive from it; upstream's base has four type parameters. Its members stand with those who inherit them.
    private static readonly string[] OursAlone = ["Marten.Events.Projections.AggregationProjection<TDoc, TId>"];

    [Fact]
    public void Our_Marten_has_the_listed_signatures_and_no_others()
    {
        var listed = PublicApi.Of(Listed("Marten"));
        var ours = PublicApi.Of(Path.Combine(AppContext.BaseDirectory, "Marten.dll"), OursAlone);

        Assert.True(listed.Count > 800, $"{listed.Count} signatures are listed");
        Assert.True(listed.SequenceEqual(ours), string.Join('\n',
            [.. listed.Except(ours).Select(line => $"only listed: {line}"), .. ours.Except(listed).Select(line => $"only ours:   {line}")]));
    }

    private static string Listed(string name) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", $"{name}.Listed", "debug", $"{name}.dll"));
}
