using Expo.Bench;
using Expo.Bench.Decide;
using Expo.Bench.Gateway;

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
    default:
        Console.Error.WriteLine("Benches: decide gateway");
        return 2;
}
