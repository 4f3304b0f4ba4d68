using System.Text;
using Expo.Kernel.Personal;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Expo.Kernel.Tests.Personal;

/// <summary>What belongs to a person is beside the events, encrypted, and goes with its key.</summary>
[Trait("needs", "postgres")]
public sealed class PersonalDataTests(SampleHost host) : IClassFixture<SampleHost>
{
    private static readonly HolderCard Card = new("样本·姓名 Ångström", "+86 138 0000 0001");

    [Fact]
    public async Task A_card_is_written_with_the_decision_and_read_back()
    {
        var subject = await Take(Card);
        Assert.Equal(Card, await Read(subject));
    }

    [Fact]
    public async Task A_refused_decision_writes_no_card()
    {
        var (locker, subject) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Decide(locker, new TakeLocker(locker, Guid.CreateVersion7(), 5).Decide);
        await host.Decide(locker, new ReturnLocker(subject, "").Decide, with: new With { Personal = [new PersonalCard(subject, Card)] });
        Assert.Null(await Read(subject));
    }

    [Fact]
    public async Task A_newer_card_takes_the_place_of_the_older_one()
    {
        var subject = await Take(Card);
        await Take(Card with { Phone = "+86 138 0000 0002" }, subject);
        Assert.Equal("+86 138 0000 0002", (await Read(subject))!.Phone);
    }

    [Fact]
    public async Task Without_its_key_a_persons_data_cannot_be_read_by_anybody()
    {
        var (erased, kept) = (await Take(Card), await Take(Card));
        await host.Database.Run("delete from mt_doc_subjectkey where (data ->> 'Subject')::uuid = $1", erased);

        Assert.Null(await Read(erased));
        Assert.Equal(Card, await Read(kept));
    }

    [Fact]
    public async Task Another_master_key_opens_nothing()
    {
        var subject = await Take(Card);
        await using var thief = await SampleHost.StartAsync(new ServiceSetup
        {
            Database = host.Database, Settings = new Dictionary<string, string> { ["MasterKey"] = "not the master key of this database" },
        });
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(
            () => thief.Services.GetRequiredService<PersonalData>().Read<HolderCard>(subject, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_in_the_database_shows_it()
    {
        await Take(Card);
        foreach (var table in await Tables())
        {
            var content = await host.Database.Ask<string>($"select string_agg(t::text, ' ') from \"{table}\" t") ?? "";
            Assert.DoesNotContain("样本·姓名", content, StringComparison.Ordinal);
            Assert.DoesNotContain("138 0000", content, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes("样本·姓名")), content, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task<Guid> Take(HolderCard card, Guid? of = null)
    {
        var (locker, subject) = (Guid.CreateVersion7(), of ?? Guid.CreateVersion7());
        await host.Decide(locker, new TakeLocker(locker, subject, 5).Decide, with: new With { Personal = [new PersonalCard(subject, card)] });
        return subject;
    }

    private Task<HolderCard?> Read(Guid subject) =>
        host.Services.GetRequiredService<PersonalData>().Read<HolderCard>(subject, TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<string>> Tables()
    {
        await using var command = new NpgsqlCommand("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
        command.Connection = await host.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var connection = command.Connection;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            tables.Add(reader.GetString(0));
        return tables;
    }
}
