namespace Expo.Upstream.Tests;

/// <summary>
/// The stand-ins have exactly the signatures that are listed as upstream's (compat/Upstream): names of parameters, defaults, constraints,
/// nullability, base types. Whatever compiles on the one then compiles on the other.
/// </summary>
public sealed class ListedSignatureTests
{
    [Fact]
    public void Our_Marten_has_the_listed_signatures_and_no_others() => Agree(
        "Marten",
        // Public because public types derive from it; upstream's base has four type parameters. Its members stand with those who inherit them.
        ours: ["Marten.Events.Projections.AggregationProjection<TDoc, TId>"]);

    [Fact]
    public void Our_Aspire_has_the_listed_signatures_and_no_others() => Agree(
        "Aspire.Hosting",
        ours:
        [
            // The container makes these, by public constructors and with what they need here; upstream's need other things.
            "Aspire.Hosting.ApplicationModel.ResourceCommandService: ResourceCommandService(",
            "Aspire.Hosting.ApplicationModel.ResourceNotificationService: ResourceNotificationService(",
            // Native commands write into the console of their resource; upstream gives commands a logger only later than 13.1.
            "Aspire.Hosting.ApplicationModel.ExecuteCommandContext: required Microsoft.Extensions.Logging.ILogger Logger ",
        ]);

    private static void Agree(string name, IReadOnlyCollection<string> ours)
    {
        var listed = PublicApi.Of(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", $"{name}.Listed", "debug", $"{name}.dll")));
        var present = PublicApi.Of(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), ours);

        Assert.True(listed.Count > 800, $"{listed.Count} signatures are listed");
        Assert.True(listed.SequenceEqual(present), string.Join('\n',
            [.. listed.Except(present).Select(line => $"only listed: {line}"), .. present.Except(listed).Select(line => $"only ours:   {line}")]));
    }
}
