using Expo.Bench;
using Expo.Bench.Decide;
using Expo.Bench.Gateway;
using Expo.Bench.Store;

#pragma warning disable RS0030 // The one place that talks to a person at a terminal.

switch (args)
{
    case ["decide", ..]:
        await DecideBench.RunAsync(Console.Out);
        return 0;
    case ["gateway", ..]:
        await GatewayBench.RunAsync(Console.Out);
        return 0;
    case ["hand-written", var connectionString]:
        await HandWritten.ServeAsync(connectionString);
        return 0;
    case ["store", .. var parts]:
        await new StoreBench(Console.Out).RunAsync(parts);
        return 0;
    case ["store-rebuild", var connectionString, var schema]:
        await RebuildProcess.RunAsync(connectionString, schema, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Benches: decide gateway store");
        return 2;
}
