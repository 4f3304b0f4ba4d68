using Npgsql;

namespace Expo.Platform.Tests;

/// <summary>Each service can log in to its own database and to no other.</summary>
[Trait("needs", "platform")]
public sealed class LoginTests(RunningPlatform platform)
{
    /// <summary>Every role with every database, and with those of the server itself.</summary>
    public static TheoryData<string, string> Matrix()
    {
        var cells = new TheoryData<string, string>();
        foreach (var role in RunningPlatform.Services)
        {
            foreach (var database in RunningPlatform.Services.Append("postgres").Append("template1"))
                cells.Add(role, database);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_service_enters_its_own_database_only(string role, string database)
    {
        await using var connection = new NpgsqlConnection((await platform.Login(role, database)).ConnectionString);
        if (role == database)
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return;
        }

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
