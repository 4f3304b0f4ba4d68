using Expo.Kernel;

namespace Expo.Forum.Series;

/// <summary>The forum series.</summary>
public static class SeriesModule
{
    /// <summary>Keeps forum series.</summary>
    public static EventStoreBuilder AddSeries(this EventStoreBuilder store) => store
        .Stream<ForumSeries>()
        .Event<SeriesDefined>("series_defined");

    /// <summary>Serves the forum series.</summary>
    public static void MapSeries(this RouteGroupBuilder api)
    {
        var series = api.MapGroup("/series").WithTags("Forum series");
        DefineSeriesEndpoint.Map(series);
        SeriesListEndpoints.Map(series);
    }
}
