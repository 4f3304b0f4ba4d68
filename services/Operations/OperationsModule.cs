namespace Expo.Operations;

/// <summary>What an operator gives for a command: why it is done, and whether it is only to be said what would be done.</summary>
public record OperationRequest(string? Why = null, bool DryRun = false);

/// <summary>How far an operator's command is; what can be done by any node is done when it is recorded.</summary>
public enum OperationState
{
    /// <summary>It is done.</summary>
    Done,
    /// <summary>The node that can do it has not begun.</summary>
    Waiting,
    /// <summary>It is under way.</summary>
    Running,
    /// <summary>It failed, and changed nothing.</summary>
    Failed,
}

/// <summary>What an operator did or would have done, who it was and why; kept for ever.</summary>
public sealed record Operation(Guid Id, DateTimeOffset At, Guid By, string Command, string Subject, string Why, bool DryRun, Text Outcome)
{
    /// <summary>How far it is.</summary>
    public OperationState State { get; init; }

    /// <summary>Where a shard is to go on, which event it is to pass over, or how far a rebuild is.</summary>
    public long? Position { get; init; }

    /// <summary>Where a rebuild ends.</summary>
    public long? Target { get; init; }

    /// <summary>Why it failed: kinds of failures, never data.</summary>
    public string? Failure { get; init; }

    /// <summary>The event it failed at, if it was one.</summary>
    public StoppingEvent? Event { get; init; }
}

/// <summary>The operators' commands of a service.</summary>
public static class OperationsModule
{
    private static readonly Refusal NoManagement = Refusal.Conflict(
        "broker.no_management", "未配置消息代理的管理接口（Messaging:Management）。", "The broker's management API is not configured (Messaging:Management).");

    private static readonly Refusal UnderWay = Refusal.Conflict("operation.under_way", "对它的上一条命令尚未完成。", "An earlier command on it has not ended yet.");
    private static readonly Refusal Failed = Refusal.Conflict("operation.failed", "未能完成，没有任何改动；原因见操作日志。", "It could not be done, and nothing was changed: the log says why.");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    /// <summary>Those that have not ended.</summary>
    internal const string Open = "d.data ->> 'State' in ('waiting', 'running')";

    internal static readonly Refusal WhyMissing = Refusal.Rule("why.missing", "请说明原因（1 至 500 个字符）。", "Say why (1 to 500 characters).");

    /// <summary>Adds what is kept of operators' commands, and who works on those that need the node a shard runs on.</summary>
    public static void AddOperations(this IHostApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(store =>
        {
            store.Schema.For<Operation>();
            store.Schema.For<ShardReport>();
        });
        builder.Services.AddSingleton<ShardReports>();
        builder.Services.AddHostedService<ShardKeeper>();
    }

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
        operations.MapPost("/shards/{shard}/skip", StoreOperations.SkipEvent).WithName("SkipEvent").WithSummary("Let a shard pass over the one event that stops it");
        operations.MapPost("/relay/pause", RelayOperations.Pause).WithName("PauseRelay").WithSummary("Tell nothing, on whichever node and across restarts, until it is resumed");
        operations.MapPost("/relay/resume", RelayOperations.Resume).WithName("ResumeRelay").WithSummary("Go on telling where the relay was paused");
        operations.MapGet("/topology", Topology).WithName("DiffTopology").WithSummary("What this service's queues, bindings and policies should be and are not");
        operations.MapGet("/log", Log).WithName("ListOperations").WithSummary("What operators did here, who they were and why, newest first");
        return api;
    }

    /// <summary>Records it and then does it, or in a dry run does not: nothing is done that is not recorded.</summary>
    internal static async Task<Results<Ok<Operation>, ProblemHttpResult>> Record(
        IDocumentStore store, TimeProvider clock, Caller caller, OperationRequest request, string command, string subject, Text would, Func<string, Task<Refusal?>> work)
    {
        if (request.Why?.Trim() is not { Length: > 0 and <= 500 } why)
            return WhyMissing.ToProblem();

        await using var session = store.LightweightSession();
        var operation = new Operation(Guid.CreateVersion7(), clock.GetUtcNow(), caller.AccountId, command, subject, why, request.DryRun, would);
        session.Insert(operation);
        await session.SaveChangesAsync();
        if (request.DryRun || await work(why) is not { } refusal)
            return TypedResults.Ok(operation);

        session.Delete(operation);
        await session.SaveChangesAsync();
        return refusal.ToProblem();
    }

    /// <summary>Records what the node that can is to do, one thing at a time with each shard or projection; a short one is waited for.</summary>
    internal static async Task<Results<Ok<Operation>, ProblemHttpResult>> Order(
        IDocumentStore store, TimeProvider clock, Caller caller, OperationRequest request, string command, string subject, Text would, long? position, CancellationToken ct)
    {
        if (request.DryRun)
            return await Record(store, clock, caller, request, command, subject, would, _ => Task.FromResult<Refusal?>(null));
        if (request.Why?.Trim() is not { Length: > 0 and <= 500 } why)
            return WhyMissing.ToProblem();

        var order = new Operation(Guid.CreateVersion7(), clock.GetUtcNow(), caller.AccountId, command, subject, why, false, would) { State = OperationState.Waiting, Position = position };
        await using (var session = store.LightweightSession())
        {
            await session.BeginTransactionAsync(ct);
            await session.QueryAsync<bool>("select pg_advisory_xact_lock(hashtextextended(?, 0)) is null", ct, subject);
            if ((await session.QueryAsync<Operation>($"where {Open} and d.data ->> 'Subject' = ?", ct, subject)).Count > 0)
                return UnderWay.ToProblem();
            session.Insert(order);
            await session.SaveChangesAsync(ct);
        }

        await using var reading = store.QuerySession();
        for (var waited = TimeSpan.Zero; position is not null && order.State is OperationState.Waiting or OperationState.Running && waited < Patience; waited += Pace)
        {
            await Task.Delay(Pace, ct);
            order = (await reading.LoadAsync<Operation>(order.Id, ct))!;
        }

        return order.State == OperationState.Failed ? Failed.ToProblem() : TypedResults.Ok(order);
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
