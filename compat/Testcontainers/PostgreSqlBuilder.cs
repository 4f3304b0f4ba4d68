using Expo.NativeServers;

namespace Testcontainers.PostgreSql;

/// <summary>Builds a throwaway PostgreSQL server; an image name is accepted and has no effect.</summary>
public sealed class PostgreSqlBuilder
{
    /// <summary>PostgreSQL's well-known port.</summary>
    public const ushort PostgreSqlPort = 5432;

    private readonly PostgreSqlConfiguration configuration;

    /// <summary>Starts from upstream's defaults; the installed server is used, whatever the image.</summary>
    public PostgreSqlBuilder(string image)
        : this(new PostgreSqlConfiguration("postgres", "postgres", "postgres", []))
    {
    }

    private PostgreSqlBuilder(PostgreSqlConfiguration configuration) => this.configuration = configuration;

    /// <summary>Accepted; the installed server is used.</summary>
    public PostgreSqlBuilder WithImage(string image) => this;

    /// <summary>The database that the connection string names.</summary>
    public PostgreSqlBuilder WithDatabase(string database) => new(configuration with { Database = database });

    /// <summary>The superuser.</summary>
    public PostgreSqlBuilder WithUsername(string username) => new(configuration with { Username = username });

    /// <summary>The superuser's password.</summary>
    public PostgreSqlBuilder WithPassword(string password) => new(configuration with { Password = password });

    /// <summary>Server settings, as <c>"-c", "name=value"</c>.</summary>
    public PostgreSqlBuilder WithCommand(params string[] command) => new(configuration with { Command = [.. configuration.Command, .. command] });

    /// <summary>The server, not yet started.</summary>
    public PostgreSqlContainer Build() => new(configuration);
}

/// <summary>What a throwaway PostgreSQL server is built from.</summary>
public sealed record PostgreSqlConfiguration(string Database, string Username, string Password, IReadOnlyList<string> Command)
{
    /// <summary>The settings among the command's arguments.</summary>
    internal IReadOnlyDictionary<string, string> Settings =>
        Command.Zip(Command.Skip(1))
            .Where(pair => pair.First == "-c" && pair.Second.Contains('=', StringComparison.Ordinal))
            .Select(pair => pair.Second.Split('=', 2))
            .ToDictionary(setting => setting[0], setting => setting[1]);
}
