using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Architecture.Tests.Events;
using Expo.Exhibition.Agreements;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Registration.Organisations;
using Expo.Registration.Passes;
using Expo.Registration.People;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Architecture.Tests.Http.BadInput;

/// <summary>Things that exist: streams begun with sample events, so that a caller can be late for them or not own them.</summary>
internal sealed class Seeds(RunningService service)
{
    /// <summary>The edition that everything belongs to.</summary>
    public const string Edition = "bad_input";

    /// <summary>What stands in a path for a text.</summary>
    public const string Key = "sample_key";

    /// <summary>What stands in a path for a day.</summary>
    public static readonly DateOnly Day = new(2023, 4, 15);

    // Facts that are only ever recorded with the first one.
    private static readonly Dictionary<Type, Type[]> Together = new() { [typeof(AgreementGenerated)] = [typeof(FeeInvoiced)] };

    /// <summary>Who owns what is seeded.</summary>
    public Guid Owner { get; } = Guid.CreateVersion7();

    /// <summary>Somebody else.</summary>
    public Guid Stranger { get; } = Guid.CreateVersion7();

    /// <summary>The account that acts for the owner.</summary>
    public Guid Account { get; } = Guid.CreateVersion7();

    /// <summary>The edition with its plans and both organisations, as the service knows them; each test begins with them, whichever ran before it.</summary>
    public async Task Begin()
    {
        foreach (var state in EventCatalogue.Registered.Where(e => e.Service == service.Name).Select(e => e.Type).Select(StateOf).OfType<Type>().Distinct()
            .Append(typeof(KnownEdition)).Where(state => state.Name is "Edition" or "KnownEdition" or "FloorPlan" or "RoomPlan"))
            await Stream(state, null);
        if (service.Name == "Registration")
        {
            await Stream(typeof(Organisation), Owner, typeof(OrganisationVerified));
            await Stream(typeof(Organisation), Stranger, typeof(OrganisationVerified));
            await People();
            return;
        }

        await Stream(typeof(KnownOrganisation), Owner);
        await Stream(typeof(KnownOrganisation), Stranger);
    }

    private async Task People()
    {
        var (one, other) = (await Stream(typeof(Person), Guid.CreateVersion7()), await Stream(typeof(Person), Guid.CreateVersion7()));
        Overrides.Set("NameBoothStaffRequest.personId", one.ToString(), other.ToString());
        await using var scope = service.App.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<PassTokens>();
        var pass = await Stream(typeof(Pass), Guid.CreateVersion7());
        var token = await tokens.For(pass, DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);
        Overrides.Set("CheckInRequest.token", token, token);
    }

    /// <summary>A stream of this state that exists, under an id, or under the one that its state derives.</summary>
    public async Task<Guid> Stream(Type state, Guid? wanted, params Type[] further)
    {
        var first = EventCatalogue.Types.Where(type => StateOf(type) == state).FirstOrDefault(type => Fold(state, Sample(type, Guid.CreateVersion7())) is { } folded && IdOf(folded) != Guid.Empty)
            ?? throw new Xunit.Sdk.XunitException($"No event begins {state.Name}: the first one folded must set its Id.");
        var id = wanted ?? Derived(state) ?? Guid.CreateVersion7();
        await using var session = service.App.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        if (await session.Events.FetchStreamStateAsync(id, TestContext.Current.CancellationToken) is not null)
            return id;
        Start(session, state, id, [.. further.Concat(Together.GetValueOrDefault(first, [])).Prepend(first).Select(type => Sample(type, id))]);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return id;
    }

    private static void Start(IDocumentSession session, Type state, Guid id, object[] events) =>
        typeof(Seeds).GetMethod(nameof(StartAs), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(state).Invoke(null, [session, id, events]);

    private static void StartAs<TState>(IDocumentSession session, Guid id, object[] events) where TState : class => session.Events.StartStream<TState>(id, events);

    // An event's members speak of its own stream first, then of owners and the edition.
    private object Sample(Type type, Guid id)
    {
        var json = JsonSerializer.SerializeToNode(Samples.Of(type), type, EventStore.Json)!.AsObject();
        var parameters = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();
        var own = parameters.FirstOrDefault(p => p.ParameterType == typeof(Guid))?.Name;
        foreach (var parameter in parameters)
        {
            var name = parameter.Name!;
            var plain = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            if (name == own)
                json[name] = id.ToString();
            else if (plain == typeof(Guid) && (name.Contains("Account", StringComparison.Ordinal) || name.EndsWith("By", StringComparison.Ordinal)))
                json[name] = Account.ToString();
            else if (plain == typeof(Guid))
                json[name] = Owner.ToString();
            else if (plain == typeof(Profile))
                json[name]!["Kind"] = "hr_agency"; // they may do most
            else if (plain == typeof(string) && (name is "EditionCode" or "Edition" || (name == "Code" && type.Name is "EditionAnnounced" or "EditionHeard")))
                json[name] = Edition;
            else if (plain == typeof(string) && name is "Room")
                json[name] = Key;
        }

        return json.Deserialize(type, EventStore.Json)!;
    }

    private Guid? Derived(Type state)
    {
        if (state.GetMethod("IdOf", BindingFlags.Public | BindingFlags.Static) is not { } derive || derive.ReturnType != typeof(Guid))
            return null;
        return (Guid)derive.Invoke(null, [.. derive.GetParameters().Select(p => p.ParameterType == typeof(Guid) ? (object)Owner
            : p.ParameterType == typeof(DateOnly) ? Day
            : p.ParameterType != typeof(string) ? Activator.CreateInstance(p.ParameterType)!
            : p.Name is "edition" or "code" or "editionCode" ? Edition : Key)])!;
    }

    private static object? Fold(Type state, object @event) => state.GetMethod("Evolve", [typeof(object)])!.Invoke(Activator.CreateInstance(state), [@event]);

    private static Guid IdOf(object state) => state.GetType().GetProperty("Id")?.GetValue(state) is Guid id ? id : Guid.Empty;

    private static Type? StateOf(Type @event) => Code.StateRules.States().FirstOrDefault(state =>
        state.Assembly == @event.Assembly && state.Namespace == @event.Namespace && Folds(state, @event));

    private static bool Folds(Type state, Type @event) => Code.Il.Module(state.Assembly.GetName().Name!).GetType(state.FullName!.Replace('+', '/'))
        .Methods.Where(m => m.Name == "Evolve").SelectMany(m => Code.Il.Mentions(m)).Any(t => t.FullName.Replace('/', '+') == @event.FullName);
}
