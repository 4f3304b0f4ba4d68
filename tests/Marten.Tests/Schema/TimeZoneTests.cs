using Expo.Marten.Tests.Setup;
using JasperFx.Events.Projections;
using Marten;

namespace Expo.Marten.Tests.Schema;

/// <summary>Times are points in time, whatever the session's zone.</summary>
public sealed class TimeZoneTests(Server server)
{
    // A server's clock may differ from ours by a little; the zones differ by hours.
    private static readonly TimeSpan Little = TimeSpan.FromMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Shanghai")]
    [InlineData("America/St_Johns")]
    [InlineData("Pacific/Apia")]
    public async Task Every_stored_time_is_now(string zone)
    {
        await using var store = server.Store(
            o => o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async), connectionString: $"{server.ConnectionString};Timezone={zone}");
        var (schema, id) = (store.Options.DatabaseSchemaName, Guid.CreateVersion7());
        var before = TimeProvider.System.GetUtcNow() - Little;
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(id, new BoothPlanned(id, "A", 1), new BoothReserved(id, id));
        await session.SaveChangesAsync(Ct);
        session.Events.Append(id, new BoothReleased(id, ""));
        await session.SaveChangesAsync(Ct);
        await session.QueryAsync<long>("""
            select ({schema}.mt_quick_append_events(gen_random_uuid(), 'booth', '*DEFAULT*', array[gen_random_uuid()], array['archived']::varchar[],
                array[null]::varchar[], array['{"Reason":""}'::jsonb], array[null]::bytea[], array[null]::varchar[], array[null]::varchar[], array['null'::jsonb], array[now()], 0))[1]
            """.Replace("{schema}", schema, StringComparison.Ordinal), Ct);
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);

        var times = await session.QueryAsync<DateTimeOffset>(
            $"select timestamp from {schema}.mt_events union all select timestamp from {schema}.mt_streams union all select created from {schema}.mt_streams "
            + $"union all select mt_last_modified from {schema}.mt_doc_booth union all select mt_last_modified from {schema}.mt_doc_halltally "
            + $"union all select last_updated from {schema}.mt_event_progression", Ct);
        Assert.All(times, time => Assert.InRange(time, before, TimeProvider.System.GetUtcNow() + Little));
        Assert.Equal(2, (await session.Events.FetchStreamAsync(id, version: 2, token: Ct)).Count);
        Assert.Equal(3, (await session.Events.FetchStreamAsync(id, timestamp: TimeProvider.System.GetUtcNow() + Little, token: Ct)).Count);
        Assert.Empty(await session.Events.FetchStreamAsync(id, timestamp: before, token: Ct));
        Assert.InRange((await session.Events.FetchStreamStateAsync(id, Ct))!.LastTimestamp, before, TimeProvider.System.GetUtcNow() + Little);
    }
}
