namespace Expo.Kernel.Directory;

/// <summary>An edition as a service shows it.</summary>
public sealed record EditionEntry(
    Guid Id, string Code, int Number, int Year, DeliveryMode DeliveryMode, Text Name, IReadOnlyList<DateOnly> OpenDays, IReadOnlyList<Deadline> Deadlines);

/// <summary>An organisation as a service shows it.</summary>
public sealed record OrganisationEntry(Guid Id, Text Name, string Kind, string Country, string? Province);

/// <summary>What every service but Registration knows of editions and organisations.</summary>
public static class DirectoryModule
{
    private static readonly Refusal UnknownEdition = Refusal.Unknown("edition.unknown", "没有这一届大会。", "There is no such edition.");
    private static readonly Refusal UnknownOrganisation = Refusal.Unknown("organisation.unknown", "没有这个单位。", "There is no such organisation.");

    /// <summary>Keeps the directory's streams.</summary>
    public static EventStoreBuilder AddDirectory(this EventStoreBuilder store)
    {
        store.Services.AddScoped<VerifiedOrganisations>();
        return store
            .Stream<KnownEdition>().Event<EditionHeard>("edition_heard").Event<DeadlineHeard>("deadline_heard")
            .Stream<KnownOrganisation>().Event<OrganisationHeard>("organisation_heard");
    }

    /// <summary>Shows the directory.</summary>
    public static void MapDirectory(this RouteGroupBuilder api)
    {
        var directory = api.MapGroup("").WithTags("Directory");
        directory.MapGet("/editions", Editions).AllowAnonymous().WithName("ListEditions").WithSummary("The editions that are known here");
        directory.MapGet("/organisations", Organisations).Allow(Roles.CommitteeOfficer)
            .WithName("ListOrganisations").WithSummary("The verified organisations that are known here");
        directory.MapGroup("/editions").MapHistory<KnownEdition>("GetEditionHistory", UnknownEdition, (_, _) => true).Allow(Roles.CommitteeOfficer);
        directory.MapGroup("/organisations").MapHistory<KnownOrganisation>("GetOrganisationHistory", UnknownOrganisation, (_, _) => true).Allow(Roles.CommitteeOfficer);
    }

    /// <summary>The group <c>/editions/{edition}</c>: its routes exist for editions that are known here, for others they answer 404.</summary>
    public static RouteGroupBuilder MapEdition(this RouteGroupBuilder api) =>
        api.MapGroup("/editions/{edition}").AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<IQuerySession>().LoadAsync<KnownEdition>(
                KnownEdition.IdOf((string)context.HttpContext.GetRouteValue("edition")!), context.HttpContext.RequestAborted) is { SourceVersion: > 0 }
                ? await next(context)
                : UnknownEdition.ToProblem());

    private static async Task<Ok<Page<EditionEntry>>> Editions(Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<KnownEdition>(
            "where d.data ->> 'Code' > ? and (d.data ->> 'SourceVersion')::bigint > 0 order by d.data ->> 'Code' limit ?", ct, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<EditionEntry>.Of(
            rows.Select(e => new EditionEntry(
                e.Id, e.Code, e.Number, e.Year, e.DeliveryMode, e.Name!, e.OpenDays, e.Deadlines.Values.Select(known => known.Deadline).ToArray())).ToArray(),
            paging.Limit, entry => entry.Code));
    }

    private static async Task<Ok<Page<OrganisationEntry>>> Organisations(Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<KnownOrganisation>("where d.id::text > ? order by d.id::text limit ?", ct, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<OrganisationEntry>.Of(
            rows.Select(o => new OrganisationEntry(o.Id, o.Name!, o.Kind, o.Country, o.Province)).ToArray(), paging.Limit, entry => entry.Id.ToString()));
    }
}
