using Microsoft.AspNetCore.Mvc;

namespace Expo.Messaging;

/// <summary>What an operator gives for a command: why it is done, and whether it is only to be said what would be done.</summary>
public record OperationRequest(string? Why = null, bool DryRun = false);

/// <summary>What an operator did or would have done, who it was and why; kept for ever.</summary>
public sealed record Operation(Guid Id, DateTimeOffset At, Guid By, string Command, string Subject, string Why, bool DryRun, Text Outcome);

/// <summary>The operators' commands of a service.</summary>
public static class OperationsModule
{
    private static readonly Refusal NoManagement = Refusal.Conflict(
        "broker.no_management", "未配置消息代理的管理接口（Messaging:Management）。", "The broker's management API is not configured (Messaging:Management).");

    internal static readonly Refusal WhyMissing = Refusal.Rule("why.missing", "请说明原因（1 至 500 个字符）。", "Say why (1 to 500 characters).");

    /// <summary>Maps the commands under <c>/operations</c>, for operators only.</summary>
    public static RouteGroupBuilder MapOperations(this RouteGroupBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Operations").Allow(Roles.Operator);
        operations.MapGet("/lag", LagOperations.Show).WithName("ShowLag").WithSummary("How far relay, projections and queues are behind");
        operations.MapGet("/parked-messages", ParkedOperations.List).WithName("ListParkedMessages").WithSummary("Messages that were put aside and not decided on, oldest first");
        operations.MapGet("/parked-messages/{id:guid}", ParkedOperations.Show).WithName("ShowParkedMessage").WithSummary("One parked message, and what waits behind it");
        operations.MapPost("/parked-messages/{id:guid}/retry", ParkedOperations.Retry).WithName("RetryParkedMessage").WithSummary("Ask its source for a parked message again");
        operations.MapPost("/parked-messages/{id:guid}/skip", ParkedOperations.Skip).WithName("SkipParkedMessage").WithSummary("Let a parked message go, and those behind it through");
        operations.MapPost("/replays", ReplayOperations.Replay).WithName("ReplayMessages").WithSummary("Ask a source for past messages, into one queue of this service");
        operations.MapPost("/rebuilds", StoreOperations.Rebuild).WithName("RebuildProjection").WithSummary("Build a projection again from the first event");
        operations.MapPost("/checkpoints", StoreOperations.SetCheckpoint).WithName("SetCheckpoint").WithSummary("Let the relay or a projection go on from another position");
        operations.MapPost("/relay/pause", RelayOperations.Pause).WithName("PauseRelay").WithSummary("Tell nothing, on whichever node and across restarts, until it is resumed");
        operations.MapPost("/relay/resume", RelayOperations.Resume).WithName("ResumeRelay").WithSummary("Go on telling where the relay was paused");
        operations.MapGet("/topology", Topology).WithName("DiffTopology").WithSummary("What this service's queues, bindings and policies should be and are not");
        operations.MapGet("/log", Log).WithName("ListOperations").WithSummary("What operators did here, who they were and why, newest first");
        return api;
    }

    /// <summary>Does it, or in a dry run does not, and records it either way.</summary>
    internal static async Task<Results<Ok<Operation>, ProblemHttpResult>> Record(
        IDocumentStore store, TimeProvider clock, Caller caller, OperationRequest request, string command, string subject, Text would, Func<string, Task<Refusal?>> work)
    {
        if (request.Why?.Trim() is not { Length: > 0 and <= 500 } why)
            return WhyMissing.ToProblem();
        if (!request.DryRun && await work(why) is { } refusal)
            return refusal.ToProblem();

        var operation = new Operation(Guid.CreateVersion7(), clock.GetUtcNow(), caller.AccountId, command, subject, why, request.DryRun, would);
        await using var session = store.LightweightSession();
        session.Insert(operation);
        await session.SaveChangesAsync();
        return TypedResults.Ok(operation);
    }

    private static async Task<Results<Ok<TopologyDiff>, ProblemHttpResult>> Topology([FromServices] Topology topology, CancellationToken ct) =>
        await topology.Diff(ct) is { } differences ? TypedResults.Ok(new TopologyDiff(differences)) : NoManagement.ToProblem();

    private static async Task<Ok<Page<Operation>>> Log(Paging paging, [FromServices] IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Operation>(
            "where ? = '' or d.id::text < ? order by d.id::text desc limit ?", ct, paging.After, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<Operation>.Of(rows, paging.Limit, operation => operation.Id.ToString()));
    }
}
