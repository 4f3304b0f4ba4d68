using System.Security.Cryptography;
using Expo.Kernel;
using Expo.Kernel.Personal;
using Expo.Kernel.Tests.Sample;
using Expo.Messaging.Parking;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>A person's data go with a message to one service, and nobody else can read them.</summary>
[Trait("needs", "rabbitmq")]
public sealed class CardTests : Stage
{
    private static readonly HolderCard Visitor = new("\u674e\u5c0f\u660e Li Xiaoming", "13800000000");

    [Fact]
    public async Task A_person_is_handed_over_to_one_service_and_what_is_not_meant_for_it_stays()
    {
        var name = NewName("listener");
        await using var bus = await Bus<LockerWasTaken>($"witness-{name}");
        await using var listener = await Listener(name);
        await using var teller = await Teller(handsOverTo: name);
        var (locker, holder) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Take(teller, locker, holder);

        await Eventually.Is(() => Known(listener, holder), card => card == new VisitorCard(Visitor.Name));
        var passed = await Eventually.Is(() => Task.FromResult(bus.Received.FirstOrDefault(r => ((LockerWasTaken)r.Message).LockerId == locker)), found => found is not null);
        var header = passed!.Headers[MessageHeaders.Cards].ToString()!;
        Assert.Contains(holder.ToString(), header, StringComparison.Ordinal);
        Assert.DoesNotContain(Visitor.Name, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Cipher(header))), StringComparison.Ordinal);
        Assert.Equal(0, await listener.Database.Ask<long>("select count(*) from mt_events where data::text like '%Xiaoming%'"));
    }

    [Fact]
    public async Task Whoever_listens_later_gets_the_person_too_unless_erased()
    {
        var name = NewName("listener");
        await using var teller = await Teller(handsOverTo: name);
        var (locker, stays, goes) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Take(teller, locker, stays);
        await Take(teller, locker, goes);
        await teller.Database.Run($"delete from mt_doc_subjectkey where data ->> 'Subject' = '{goes}'");

        await using var listener = await Listener(name);
        await Eventually.Is(() => Noted(listener), count => count == 2, Within);
        Assert.Equal(new VisitorCard(Visitor.Name), await Known(listener, stays));
        Assert.Null(await Known(listener, goes));
    }

    [Fact]
    public async Task A_parked_message_is_kept_without_the_person_and_comes_again_with_it()
    {
        var name = NewName("listener");
        var (locker, holder, mood) = (Guid.CreateVersion7(), Guid.CreateVersion7(), new Mood());
        mood.Poisoned[locker] = true;
        await using var listener = await Listener(name, mood);
        await using var teller = await Teller(handsOverTo: name);
        await Take(teller, locker, holder);
        await Eventually.Is(() => listener.Database.ParkedIn(), count => count == 1, Within);
        Assert.Equal(0, await listener.Database.Ask<long>($"select count(*) from mt_doc_parkedmessage where data::text like '%{holder}%' or data::text like '%cipher%'"));

        mood.Poisoned.Clear();
        await using var session = listener.Services.GetRequiredService<Marten.IDocumentStore>().QuerySession();
        var parked = (await session.QueryAsync<ParkedMessage>("where true", TestContext.Current.CancellationToken)).Single();
        await listener.Services.GetRequiredService<ParkingLot>().Decide(parked, retry: true, "operator", "mended", TestContext.Current.CancellationToken);
        await Eventually.Is(() => Known(listener, holder), card => card == new VisitorCard(Visitor.Name), Within);
    }

    [Fact]
    public void A_card_opens_for_its_recipient_in_its_message_only()
    {
        using var key = new MasterKey("one secret").CardKey();
        using var other = new MasterKey("another secret").CardKey();
        var (message, subject) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var card = SealedCard.Of(new VisitorCard("Li"), subject, new CardRecipient("exhibition", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())), message);

        Assert.Equal(new VisitorCard("Li"), card.Open<VisitorCard>(key, message));
        Assert.Throws<AuthenticationTagMismatchException>(() => card.Open<VisitorCard>(other, message));
        Assert.Throws<AuthenticationTagMismatchException>(() => card.Open<VisitorCard>(key, Guid.CreateVersion7()));
        Assert.Throws<AuthenticationTagMismatchException>(() => (card with { Subject = message }).Open<VisitorCard>(key, message));
        Assert.Throws<AuthenticationTagMismatchException>(() => (card with { To = "forum" }).Open<VisitorCard>(key, message));
    }

    [Fact]
    public void The_same_secret_gives_the_same_key_pair()
    {
        using var one = new MasterKey("one secret").CardKey();
        using var again = new MasterKey("one secret").CardKey();
        using var other = new MasterKey("another secret").CardKey();
        Assert.Equal(one.ExportSubjectPublicKeyInfo(), again.ExportSubjectPublicKeyInfo());
        Assert.NotEqual(one.ExportSubjectPublicKeyInfo(), other.ExportSubjectPublicKeyInfo());
    }

    private static Task Take(SampleHost teller, Guid locker, Guid holder) =>
        teller.Decide(locker, new SqueezeIn(locker, holder).Decide, with: new With { Personal = [new PersonalCard(holder, Visitor)] });

    private static Task<VisitorCard?> Known(SampleHost listener, Guid holder) =>
        listener.Services.GetRequiredService<PersonalData>().Read<VisitorCard>(holder, TestContext.Current.CancellationToken);

    private static Task<long> Noted(SampleHost listener) => listener.Database.Ask<long>("select count(*) from mt_events where type = 'locker_taken'");

    private static string Cipher(string header) => System.Text.Json.JsonDocument.Parse(header).RootElement[0].GetProperty("Cipher").GetString()!;
}
