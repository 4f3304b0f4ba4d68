using Npgsql;

namespace Expo.Platform.Tests;

/// <summary>Each service can log in to its own database and to no other.</summary>
[Trait("needs", "platform")]
public sealed class DatabaseTests(Platform platform)
{
    private static readonly string[] Services = ["registration", "exhibition", "recruitment", "forum", "matchmaking"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every service with every database, and those that any role may enter by default.</summary>
    public static TheoryData<string, string> Logins => [.. from role in Services from database in (string[])[.. Services, "postgres", "template1"] select (role, database)];

    [Theory]
    [MemberData(nameof(Logins))]
    public async Task A_role_enters_its_own_database_only(string role, string database)
    {
        var server = new NpgsqlConnectionStringBuilder(await platform.App.GetConnectionStringAsync("postgres", Ct))
        {
            Username = role,
            Password = await platform.SecretAsync($"{role}-password", Ct),
            Database = database,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        if (role == database)
        {
            await connection.OpenAsync(Ct);
            return;
        }

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Ct));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
