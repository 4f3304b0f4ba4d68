using System.Globalization;

namespace Expo.Demo;

/// <summary>Moves the fixture's days by whole years, so that the expo has not closed yet: a pass of a past expo opens no gate.</summary>
internal sealed class Calendar(FixtureEdition edition, DateOnly today)
{
    private readonly int years = Enumerable.Range(0, int.MaxValue).First(years => edition.OpenDays.Select(Read).Max().AddYears(years) >= today);

    public bool Moved => years > 0;

    public int Year(int year) => year + years;

    public DateOnly Day(string day) => Read(day).AddYears(years);

    public DateOnly[] Days(IEnumerable<string> days) => [.. days.Select(Day)];

    private static DateOnly Read(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
