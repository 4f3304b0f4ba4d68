using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Expo.Bench.Gateway;

/// <summary>The profile that a client sends, as the hand-written endpoint sees it.</summary>
public sealed record PlainProfile(Dictionary<string, string> Name, string Kind, string? Province);

/// <summary>
/// The least that anybody would write by hand for the same command: no rules, no checks, no history of who and why; one read, and one
/// statement that changes the row and inserts the event.
/// </summary>
public static class HandWritten
{
    /// <summary>Its tables.</summary>
    public const string Tables = """
        create schema plain;
        create table plain.organisations (id uuid primary key, version bigint not null, data jsonb not null);
        create table plain.events (seq bigserial primary key, organisation_id uuid not null, version bigint not null, data jsonb not null, unique (organisation_id, version));
        """;

    private const string Read = "select version from plain.organisations where id = $1";

    private const string Write = """
        with moved as (
            insert into plain.organisations as o (id, version, data) values ($1, 1, $3)
            on conflict (id) do update set version = o.version + 1, data = excluded.data where o.version = $2 returning id, version)
        insert into plain.events (organisation_id, version, data) select id, version, $3 from moved
        """;

    /// <summary>Serves it where the gateway looks for the service <c>forum</c>.</summary>
    public static async Task ServeAsync(string connectionString)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton(new NpgsqlDataSourceBuilder(connectionString).Build());
        await using var app = builder.Build();
        app.MapPut("/api/forum/v1/organisations/{id:guid}/profile", Handle);
        await app.RunAsync();
    }

    private static async Task<IResult> Handle(Guid id, PlainProfile profile, NpgsqlDataSource database, HttpResponse response, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var read = new NpgsqlCommand(Read, connection) { Parameters = { new() { Value = id } } };
        var version = (long?)await read.ExecuteScalarAsync(ct) ?? 0;

        await using var write = new NpgsqlCommand(Write, connection)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = version },
                new() { Value = JsonSerializer.Serialize(profile, JsonSerializerOptions.Web), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        if (await write.ExecuteNonQueryAsync(ct) == 0)
            return Results.Conflict();
        response.Headers.ETag = $"\"{version + 1}\"";
        return Results.NoContent();
    }
}
