using Expo.Bench;
using Expo.Bench.Decide;

#pragma warning disable RS0030 // The one place that talks to a person at a terminal.

switch (args)
{
    case ["decide", ..]:
        await DecideBench.RunAsync(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Benches: decide");
        return 2;
}
