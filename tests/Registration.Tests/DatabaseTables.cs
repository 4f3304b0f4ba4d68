using Expo.TestKit;

namespace Expo.Registration.Tests;

/// <summary>Looks into every table of a service.</summary>
public static class DatabaseTables
{
    /// <summary>The names of all tables, quoted.</summary>
    public static async Task<IReadOnlyList<string>> Tables(this Database database) =>
        (await database.Ask<string>("select string_agg(quote_ident(tablename), ',') from pg_tables where schemaname = 'public'"))!.Split(',');
}
