using Expo.Contracts.Registration;
using Expo.Kernel.Directory;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>Messages may come twice, late and in any order; what a service knows in the end is the same.</summary>
[Trait("needs", "rabbitmq")]
public sealed class InboxTests : Stage
{
    private static readonly (string Code, Guid Stream)[] Editions =
        [("ciep_2022", KnownEdition.IdOf("ciep_2022")), ("ciep_2023", KnownEdition.IdOf("ciep_2023"))];

    private static readonly Guid Organisation = Guid.CreateVersion7();

    [Fact]
    public async Task Backwards_and_twice_comes_to_the_same_as_once_in_order()
    {
        var history = History().ToList();
        var (onceSeen, twiceSeen) = (new Seen(), new Seen());
        await using var inOrder = await Start("inorder", onceSeen);
        await using var disorder = await Start("disorder", twiceSeen);
        await using var bus = await Bus<LockerWasTaken>("inbox-tests");

        foreach (var message in history)
            await message.SendTo(bus, "inorder");
        foreach (var message in Enumerable.Reverse(history))
        {
            await message.SendTo(bus, "disorder");
            await message.SendTo(bus, "disorder");
        }

        await Eventually.True(() => onceSeen.Count == history.Count, Within);
        await Eventually.True(() => twiceSeen.Count == 2 * history.Count, Within);

        Assert.Equal(await Known(inOrder), await Known(disorder));
        Assert.Equal(history.Count, await Handled(inOrder));
        Assert.Equal(history.Count, await Handled(disorder));
        var edition = (await disorder.Read<KnownEdition>(Editions[1].Stream))!;
        Assert.Equal(new DateOnly(2023, 4, 7), edition.DeadlineOf("booth_application")!.Date);
        Assert.Equal("更名机构", (await disorder.Read<KnownOrganisation>(Organisation))!.Name!.Zh);
    }

    private Task<SampleHost> Start(string service, Seen seen) => Host(service, services => services.AddSingleton<IConsumeObserver>(seen));

    private static IEnumerable<Message> History()
    {
        foreach (var (code, stream) in Editions)
        {
            yield return new(stream, 1, "keep-edition-when-announced", new EditionAnnounced(
                code, 21, 2023, "hybrid", "人才交流大会", null, [new DateOnly(2023, 4, 15)], [], [],
                [new("booth_application", new DateOnly(2023, 3, 31), "hard"), new("fee", new DateOnly(2023, 4, 1), "soft")]));
            for (var version = 2; version <= 7; version++)
            {
                yield return new(stream, version, "keep-edition-when-announced", new DeadlineMoved(
                    code, new(version % 3 == 0 ? "fee" : "booth_application", new DateOnly(2023, 4, version), "soft")));
            }
        }

        yield return new(Organisation, 3, "keep-organisation-when-verified", new OrganisationVerified(Organisation, "样本机构", null, "exhibitor", "CN", "广东"));
        yield return new(Organisation, 8, "keep-organisation-when-verified", new OrganisationVerified(Organisation, "更名机构", "Renamed", "exhibitor", "CN", null));
    }

    private static Task<long> Handled(SampleHost host) => host.Database.Ask<long>("select count(*) from mt_doc_handled");

    private static async Task<string> Known(SampleHost host) =>
        (await host.Database.Ask<string>(
            "select string_agg(data::text, e'\\n' order by id) from (select id, data from mt_doc_knownedition union all select id, data from mt_doc_knownorganisation) d"))!;

    private sealed record Message(Guid Stream, long Version, string Consumer, object Body)
    {
        private readonly Guid id = Guid.CreateVersion7();

        public Task SendTo(TestBus bus, string service) => bus.Send($"{service}-{Consumer}", Body, id, Stream, Version);
    }

    /// <summary>Counts the messages of a history that a host has dealt with, repeats included; the heads of feeds come as they like.</summary>
    private sealed class Seen : IConsumeObserver
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public Task PreConsume<T>(ConsumeContext<T> context)
            where T : class =>
            Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context)
            where T : class
        {
            if (typeof(T).Namespace == typeof(EditionAnnounced).Namespace)
                Interlocked.Increment(ref count);
            return Task.CompletedTask;
        }

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
            where T : class =>
            Task.CompletedTask;
    }
}
