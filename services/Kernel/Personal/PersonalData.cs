namespace Expo.Kernel.Personal;

/// <summary>Something about a person, to be written with a decision: kept encrypted under the subject's key, never in an event.</summary>
public sealed record PersonalCard(Guid Subject, object Data);

/// <summary>One encrypted row about one person.</summary>
public sealed record PersonalRow(Guid Id, Guid Subject, Guid KeyId, string Kind, byte[] Cipher);

/// <summary>Reads what is known of persons; erased or unknown ones are missing from the answer.</summary>
public sealed class PersonalData(IDocumentStore store, SubjectKeys keys)
{
    /// <summary>The data of this type of each subject that has any.</summary>
    public async Task<IReadOnlyDictionary<Guid, T>> Read<T>(IEnumerable<Guid> subjects, CancellationToken ct) where T : class
    {
        await using var session = store.QuerySession();
        var rows = await session.LoadManyAsync<PersonalRow>(ct, subjects.Distinct().Select(s => RowId(s, typeof(T).Name)).ToArray());
        var unwrapped = await keys.Load(session, rows.Select(row => row.KeyId), ct);
        return rows.Where(row => unwrapped.ContainsKey(row.KeyId)).ToDictionary(
            row => row.Subject,
            row => JsonSerializer.Deserialize<T>(Sealed.Open(unwrapped[row.KeyId], row.Cipher, row.Id.ToByteArray()), EventStore.Json)!);
    }

    /// <summary>The data of this type of one subject, or nothing.</summary>
    public async Task<T?> Read<T>(Guid subject, CancellationToken ct) where T : class =>
        (await Read<T>([subject], ct)).GetValueOrDefault(subject);

    /// <summary>Queues a card's row (and its key, when new) on a session; the commit writes both.</summary>
    internal static void Store(IDocumentOperations session, SubjectKeys.SessionKeys keys, PersonalCard card)
    {
        var kind = card.Data.GetType().Name;
        var id = RowId(card.Subject, kind);
        var key = keys.For(card.Subject);
        var plain = JsonSerializer.SerializeToUtf8Bytes(card.Data, card.Data.GetType(), EventStore.Json);
        session.Store(new PersonalRow(id, card.Subject, key.Id, kind, Sealed.Close(key.Key, plain, id.ToByteArray())));
    }

    private static Guid RowId(Guid subject, string kind) => Vocabulary.NaturalId.For("personal", subject.ToString("N"), kind);
}
