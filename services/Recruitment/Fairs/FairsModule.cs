using Expo.Kernel;

namespace Expo.Recruitment.Fairs;

/// <summary>The job fairs of an edition, with their rules.</summary>
public static class FairsModule
{
    /// <summary>Keeps fairs.</summary>
    public static EventStoreBuilder AddFairs(this EventStoreBuilder store)
    {
        store.Services.AddScoped<FairBook>();
        return store
            .Stream<JobFair>()
            .Marten(options => options.Schema.For<JobFair>().Duplicate(row => row.EditionCode))
            .Event<FairDefined>("fair_defined");
    }

    /// <summary>Serves the fairs of an edition.</summary>
    public static void MapFairs(this RouteGroupBuilder edition)
    {
        var fairs = edition.MapGroup("/fairs").WithTags("Fairs");
        FairListEndpoints.Map(fairs);
        DefineFairEndpoint.Map(fairs);
    }
}
