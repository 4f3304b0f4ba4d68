using System.Security.Cryptography;
using Expo.Contracts.Platform;
using Expo.Kernel.Personal;
using Expo.Messaging.Feeds;
using MassTransit;

namespace Expo.Messaging;

/// <summary>The public key to which cards for a service are sealed, as it last said.</summary>
public sealed record CardRecipient(string Id, string Key);

/// <summary>What a service needs to know of a person, encrypted so that only this service can read it, and only in this message.</summary>
/// <param name="To">The service it is for.</param>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Sender">The public half of a key pair that was made for this card alone.</param>
/// <param name="Cipher">AES-256-GCM under what ECDH of that pair and the recipient's derives.</param>
internal sealed record SealedCard(string To, Guid Subject, byte[] Sender, byte[] Cipher)
{
    public static SealedCard Of(object card, Guid subject, CardRecipient to, Guid message)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var recipient = ECDiffieHellman.Create();
        recipient.ImportSubjectPublicKeyInfo(Convert.FromBase64String(to.Key), out _);
        var sender = own.ExportSubjectPublicKeyInfo();
        var plain = JsonSerializer.SerializeToUtf8Bytes(card, card.GetType(), EventStore.Json);
        return new SealedCard(to.Id, subject, sender, Sealed.Close(Agree(own, recipient, sender), plain, Bound(message, subject, to.Id)));
    }

    public T Open<T>(ECDiffieHellman recipient, Guid message)
    {
        using var sender = ECDiffieHellman.Create();
        sender.ImportSubjectPublicKeyInfo(Sender, out _);
        return JsonSerializer.Deserialize<T>(Sealed.Open(Agree(recipient, sender, Sender), Cipher, Bound(message, Subject, To)), EventStore.Json)!;
    }

    private static byte[] Agree(ECDiffieHellman own, ECDiffieHellman other, byte[] sender) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(other.PublicKey), 32, salt: sender, info: "expo card"u8.ToArray());

    // Moved to another message, person or service, it does not open.
    private static byte[] Bound(Guid message, Guid subject, string to) => [.. message.ToByteArray(), .. subject.ToByteArray(), .. System.Text.Encoding.UTF8.GetBytes(to)];
}

/// <summary>Whose data goes with the message of an event, to which service, and what of it.</summary>
internal sealed record HandOver(string To, Func<object, Guid?> Subject, Func<PersonalData, Guid, CancellationToken, Task<object?>> Card);

/// <summary>The service that a card is for has not said yet to which key it is sealed: whoever starts to listen later asks for the message again.</summary>
internal sealed class RecipientUnknownException(string service) : Exception($"{service} has not said to which key cards for it are sealed.");

/// <summary>Hands persons over to other services: their data travel sealed beside a message, and are left out once the person is erased.</summary>
public sealed partial class Cards
{
    private readonly string service;
    private readonly MasterKey master;
    private readonly HandOver[] handOvers;
    private readonly ILogger<Cards> logger;
    private readonly Lazy<PersonalData> personal;
    private readonly Lazy<IDocumentStore> store;

    private Cards(IServiceProvider services)
    {
        service = services.GetRequiredService<EventSource>().Name;
        master = services.GetRequiredService<MasterKey>();
        handOvers = [.. services.GetServices<HandOver>()];
        logger = services.GetRequiredService<ILogger<Cards>>();
        // The relay, and so this, is a part of the store.
        personal = new(services.GetRequiredService<PersonalData>);
        store = new(services.GetRequiredService<IDocumentStore>);
        using var key = master.CardKey();
        Key = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>To which key cards for this service are sealed.</summary>
    internal string Key { get; }

    internal static Cards Of(IServiceProvider services) => new(services);

    /// <summary>The persons that a message hands over to this service, to be written with the decision it leads to; none for those who were erased.</summary>
    public IReadOnlyList<PersonalCard> Open<TCard>(ConsumeContext context) where TCard : class
    {
        if (context.Headers.Get<string>(MessageHeaders.Cards) is not { } json)
            return [];
        using var key = master.CardKey();
        return [.. JsonSerializer.Deserialize<SealedCard[]>(json, EventStore.Json)!.Where(card => card.To == service)
            .Select(card => new PersonalCard(card.Subject, card.Open<TCard>(key, context.MessageId!.Value)))];
    }

    /// <summary>Whether a message hands somebody over.</summary>
    internal bool Has(Told told) => handOvers.Any(handOver => handOver.Subject(told.Event) is not null);

    /// <summary>The message with its cards, as they are now.</summary>
    internal async Task<Told> Seal(Told told, CancellationToken ct)
    {
        var cards = new List<SealedCard>();
        foreach (var handOver in handOvers)
        {
            if (handOver.Subject(told.Event) is not { } subject || await handOver.Card(personal.Value, subject, ct) is not { } card)
                continue;
            await using var session = store.Value.QuerySession();
            cards.Add(SealedCard.Of(
                card, subject, await session.LoadAsync<CardRecipient>(handOver.To, ct) ?? throw new RecipientUnknownException(handOver.To), told.Id));
        }

        return cards.Count == 0 ? told : told with { Cards = JsonSerializer.Serialize(cards, EventStore.Json) };
    }

    /// <summary>Remembers to which key cards for a service are sealed, if this one has any for it.</summary>
    internal async Task Know(FeedHead head, CancellationToken ct)
    {
        if (head.CardKey is not { } key || handOvers.All(handOver => handOver.To != head.Source))
            return;
        await using var session = store.Value.LightweightSession();
        var known = await session.LoadAsync<CardRecipient>(head.Source, ct);
        if (known?.Key == key)
            return;
        if (known is not null)
            KeyChanged(logger, head.Source);
        session.Store(new CardRecipient(head.Source, key));
        await session.SaveChangesAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cards for {Service} are sealed to another key from now on")]
    private static partial void KeyChanged(ILogger logger, string service);
}
