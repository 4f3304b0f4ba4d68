using Mono.Cecil;

namespace Expo.Architecture.Tests.Code;

/// <summary>What decides, folds or merely holds data knows nothing of databases, brokers, HTTP, clocks or waiting (F4).</summary>
public sealed class PurityRules
{
    private static readonly string[] Infrastructure =
        ["Marten", "JasperFx", "MassTransit", "RabbitMQ", "Npgsql", "Microsoft.AspNetCore", "Microsoft.Extensions", "System.IO", "System.Net", "System.Threading"];

    private static readonly string[] InfrastructureTypes = ["System.TimeProvider", "System.Random", "System.Environment"];

    [Fact]
    public void Pure_types_do_not_touch_infrastructure()
    {
        var pure = PureTypes().ToList();
        Rule.MatchedSomething(pure, atLeast: 20);
        Rule.NoneOf(
            from type in pure
            from mentioned in type.Mentions().Select(t => t.FullName).Distinct()
            where InfrastructureTypes.Contains(mentioned) || Infrastructure.Any(root => mentioned.StartsWith(root + ".", StringComparison.Ordinal))
            select $"{type.FullName} -> {mentioned}",
            "Move the input or output to the endpoint or the consumer, and hand what it found to the pure function.");
    }

    [Fact]
    public void The_scan_sees_inside_method_bodies()
    {
        var module = Il.Module("Architecture.Tests");
        var mentioned = module.GetType(typeof(Impure).FullName!.Replace('+', '/')).Mentions().Select(t => t.FullName);
        Assert.Contains("System.IO.File", mentioned);
    }

    // Kernel has an edge of its own; what it shares with the services' domain is in these folders.
    private static IEnumerable<TypeDefinition> PureTypes() =>
        Repo.Services.Append("Contracts").SelectMany(assembly => Il.Module(assembly).Written()).Where(IsPure)
            .Concat(Il.Module("Kernel").Written().Where(type => IsPure(type)
                && (Decides(type) || type.Namespace is "Expo.Kernel.Directory" or "Expo.Kernel.Vocabulary")));

    private static bool IsPure(TypeDefinition type) => type.IsRecord() || Decides(type);

    private static bool Decides(TypeDefinition type) => type.FullName != "Expo.Kernel.Streams" && (type.Has("Decide") || type.Has("Evolve") || type.Has("Translate"));

    private sealed record Impure
    {
        public static Func<string, bool> Look => path => File.Exists(path);
    }
}
