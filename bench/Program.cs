using Expo.Bench;
using Expo.Bench.Dashboard;
using Expo.Bench.Decide;
using Expo.Bench.Gateway;
using Expo.Bench.Store;

#pragma warning disable RS0030 // The one place that talks to a person at a terminal.

switch (args)
{
    case ["dashboard", .. var parts]:
        await DashboardBench.RunAsync(parts, Console.Out);
        return 0;
    case ["dashboard-serve", var data]:
        await DashboardProcess.ServeAsync(data, Console.In, Console.Out);
        return 0;
    case ["decide", ..]:
        await DecideBench.RunAsync(Console.Out);
        return 0;
    case ["gateway", ..]:
        await GatewayBench.RunAsync(Console.Out);
        return 0;
    case ["hand-written", var connectionString]:
        await HandWritten.ServeAsync(connectionString);
        return 0;
    case ["store", .. var chosen]:
        await new StoreBench(Console.Out).RunAsync(chosen);
        return 0;
    case ["store-rebuild", var connectionString, var schema]:
        await RebuildProcess.RunAsync(connectionString, schema, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Benches: dashboard decide gateway store");
        return 2;
}
