using Expo.Forum.Series;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>Begin a proposal.</summary>
/// <param name="ProposalId">The new proposal.</param>
/// <param name="EditionCode">The edition.</param>
/// <param name="Proposer">The organisation, or nobody while it is not verified.</param>
/// <param name="Form">What is proposed.</param>
/// <param name="Series">The series that the form names, if that exists.</param>
/// <param name="Calendar">The edition's calendar.</param>
public sealed record DraftProposal(Guid ProposalId, string EditionCode, Guid? Proposer, ProposalForm Form, SeriesDefinition? Series, ForumCalendar Calendar)
{
    /// <summary>By a verified organisation, for a day on which forums are held. The deadline is looked at when it is submitted.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now)
    {
        if (proposal.Status != ProposalStatus.None)
            return Decision<ProposalEvent>.Nothing;
        if (Proposer is not { } organisation)
            return VerifiedOrganisations.NotVerified;
        if (ProposalRules.Check(Form, Series, Calendar) is { } wrong)
            return wrong;
        return new ProposalDrafted(ProposalId, EditionCode, organisation, Form);
    }
}

/// <summary>The id of a new proposal.</summary>
public sealed record DraftedProposal(Guid Id);

internal static class DraftProposalEndpoint
{
    public static void Map(RouteGroupBuilder proposals) => proposals
        .MapPost("", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("F-03", "F-01", "F-02", "F-07", "F-09", "F-21", "E-05", "E-10")
        .WithName(nameof(DraftProposal))
        .WithSummary("Begin a forum proposal as a draft");

    private static async Task<Results<Created<DraftedProposal>, ProblemHttpResult>> Handle(
        string edition, ProposalForm body, Caller caller, VerifiedOrganisations proposers, NamedSeries series, ForumCalendars calendars, Streams streams,
        CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var command = new DraftProposal(
            id, edition, (await proposers.Of(caller, ct))?.Id, body, await series.Of(body, ct), await calendars.Of(edition, ct));
        var reply = Reply.Created($"/api/forum/v1/editions/{edition}/proposals/{id}", new DraftedProposal(id));
        return await streams.Decide<ForumProposal, ProposalEvent>(id, command.Decide, new With { Reply = reply }, ct).CreatedOrProblem<DraftedProposal>();
    }
}
