using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>A rule in a listener's own database that nobody expects: it refuses one edition until it is taken out.</summary>
internal sealed class RefusedEdition(RunningPlatform platform, string listener) : IAsyncDisposable
{
    /// <summary>The edition's code.</summary>
    public string Code { get; } = $"walk_{Guid.CreateVersion7():n}"[..20];

    /// <summary>Announces an edition that this service cannot keep.</summary>
    public static async Task<RefusedEdition> Announce(RunningPlatform platform, string listener)
    {
        var edition = new RefusedEdition(platform, listener);
        await platform.Sql(listener, $"""
            create function refuse_rehearsals() returns trigger language plpgsql as $$ begin raise exception 'no room for rehearsals'; end $$;
            create trigger refuse_rehearsals before insert on mt_events for each row
                when (new.type = 'edition_heard' and new.data::text like '%{edition.Code}%') execute function refuse_rehearsals()
            """);
        await platform.Announce(edition.Code);
        return edition;
    }

    /// <summary>Takes the rule out.</summary>
    public Task Mend() => platform.Sql(listener, "drop function if exists refuse_rehearsals cascade");

    /// <summary>Leaves nothing behind that waits for a decision.</summary>
    public async ValueTask DisposeAsync()
    {
        await Mend();
        var retried = await platform.Command(listener, "retry-parked");
        Assert.True(retried.Success, retried.ErrorMessage);
        using var operations = await platform.Operations();
        await Eventually.Is(() => RunningPlatform.Parked(operations, listener), parked => parked == 0, TimeSpan.FromSeconds(90));
    }
}
