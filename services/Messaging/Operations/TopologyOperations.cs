using Microsoft.AspNetCore.Mvc;

namespace Expo.Messaging;

/// <summary>What is not as it should be on the broker; empty when all is well.</summary>
public sealed record TopologyDiff(IReadOnlyList<TopologyDifference> Differences);

internal static class TopologyOperations
{
    private static readonly Refusal NoManagement = Refusal.Conflict(
        "broker.no_management", "未配置消息代理的管理接口（Messaging:Management）。", "The broker's management API is not configured (Messaging:Management).");

    public static async Task<Results<Ok<TopologyDiff>, ProblemHttpResult>> Diff([FromServices] Topology topology, CancellationToken ct) =>
        await topology.Diff(ct) is { } differences ? TypedResults.Ok(new TopologyDiff(differences)) : NoManagement.ToProblem();
}
