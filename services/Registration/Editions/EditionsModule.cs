using Expo.Kernel;

namespace Expo.Registration.Editions;

/// <summary>Editions and their deadlines.</summary>
public static class EditionsModule
{
    /// <summary>What is stored.</summary>
    public static EventStoreBuilder AddEditions(this EventStoreBuilder store)
    {
        store.Services.AddScoped<EditionCalendar>();
        return store.Stream<Edition>()
            .Event<EditionAnnounced>("edition_announced")
            .Event<DeadlineMoved>("deadline_moved");
    }

    /// <summary>What is told.</summary>
    public static MessagingBuilder AddEditions(this MessagingBuilder messaging) => messaging.Tell<EditionEvent>(EditionMessages.Translate);

    /// <summary>What is served.</summary>
    public static void MapEditions(this RouteGroupBuilder api)
    {
        var editions = api.MapGroup("/editions").WithTags("Editions");
        AnnounceEditionEndpoint.Map(editions);
        MoveDeadlineEndpoint.Map(editions);
        EditionDetailsEndpoints.Map(editions);
        editions.MapHistory<Edition>("GetEditionHistory", Edition.Unknown, (_, caller) => caller.Is(Kernel.Http.Roles.CommitteeOfficer));
    }
}
