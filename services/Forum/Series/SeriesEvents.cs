namespace Expo.Forum.Series;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a forum series.</summary>
public abstract record SeriesEvent;

/// <summary>The committee said what the series is, for the first time or anew.</summary>
public sealed record SeriesDefined(Guid SeriesId, string Code, SeriesDefinition Definition) : SeriesEvent;
