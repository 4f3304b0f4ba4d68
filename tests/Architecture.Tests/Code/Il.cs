using System.Collections.Concurrent;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Expo.Architecture.Tests.Code;

/// <summary>Reads compiled code: what a type mentions in its fields, signatures and bodies, lambdas included.</summary>
internal static class Il
{
    private static readonly ConcurrentDictionary<string, ModuleDefinition> Modules = new();

    /// <summary>An assembly that lies beside these tests.</summary>
    public static ModuleDefinition Module(string assembly) => ModuleAt(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

    /// <summary>The assembly of another test project, built along with this one.</summary>
    public static ModuleDefinition TestModule(string project) => ModuleAt(TestFile(project));

    /// <summary>Whether that project is built.</summary>
    public static bool HasTestModule(string? project) => project is not null && File.Exists(TestFile(project));

    /// <summary>The definition of a type that is in one of our assemblies, or nothing.</summary>
    public static TypeDefinition? Ours(TypeReference type) =>
        Repo.Services.Concat(["Kernel", "Messaging", "Operations", "Contracts"]).Contains(type.Scope.Name.Replace(".dll", "", StringComparison.Ordinal)) ? type.Resolve() : null;

    /// <summary>Whether its decider makes, finds or passes on a refusal.</summary>
    public static bool CanRefuse(this TypeDefinition command)
    {
        var reached = new HashSet<MethodDefinition>();
        var open = new Queue<MethodDefinition>(command.Methods.Where(method => method.Name == "Decide"));
        while (open.TryDequeue(out var method))
        {
            if (!reached.Add(method))
                continue;
            if (method.Mentions().Any(type => type.FullName == "Expo.Kernel.Refusal"))
                return true;
            foreach (var called in method.Instructions().Select(i => i.Operand).OfType<MethodReference>().Where(m => m.DeclaringType.FullName == command.FullName))
                open.Enqueue(called.Resolve());
        }

        return false;
    }

    /// <summary>The type and all that is nested in it.</summary>
    public static IEnumerable<TypeDefinition> WithNested(this TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>The types that somebody wrote; what the compiler adds belongs to the type it was added for.</summary>
    public static IEnumerable<TypeDefinition> Written(this ModuleDefinition module) => module.GetTypes().Where(type => !type.FullName.Contains('<', StringComparison.Ordinal));

    public static bool IsRecord(this TypeDefinition type) => type.Methods.Any(method => method.Name == "<Clone>$");

    public static bool Has(this TypeDefinition type, string method) => type.Methods.Any(m => m.Name == method && m.IsPublic);

    /// <summary>Every type that this one mentions anywhere.</summary>
    public static IEnumerable<TypeReference> Mentions(this TypeDefinition type) =>
        new[] { type }.Concat(type.NestedTypes.Where(IsMadeByCompiler)).SelectMany(part =>
            part.Fields.Select(field => field.FieldType)
                .Concat(part.Interfaces.Select(i => i.InterfaceType))
                .Concat(part.Methods.SelectMany(method => method.Mentions()))
                .Append(part.BaseType))
            .Where(mentioned => mentioned is not null)
            .SelectMany(Parts);

    /// <summary>Every type that a method mentions in its signature and body.</summary>
    public static IEnumerable<TypeReference> Mentions(this MethodDefinition method) =>
        method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType).Concat(!method.HasBody
            ? []
            : method.Body.Variables.Select(v => v.VariableType).Concat(method.Body.Instructions.SelectMany(Operand))).SelectMany(Parts);

    /// <summary>The method's instructions, and those of the lambdas and local functions written in it.</summary>
    public static IEnumerable<Instruction> Instructions(this MethodDefinition method) =>
        new[] { method }.Concat(method.DeclaringType.NestedTypes.Where(IsMadeByCompiler).SelectMany(t => t.Methods)
                .Where(m => m.Name.Contains($"<{method.Name}>", StringComparison.Ordinal) || m.DeclaringType.Name.StartsWith($"<{method.Name}>", StringComparison.Ordinal)))
            .Where(m => m.HasBody)
            .SelectMany(m => m.Body.Instructions);

    private static string TestFile(string project)
    {
        var here = AppContext.BaseDirectory.TrimEnd('/', '\\');
        return Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(here))!, project, Path.GetFileName(here), project + ".dll");
    }

    private static bool IsMadeByCompiler(this TypeDefinition type) => type.Name.StartsWith('<');

    private static ModuleDefinition ModuleAt(string path) => Modules.GetOrAdd(path, file =>
    {
        var resolver = new Resolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(file));
        return ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
    });

    // Tests of several classes ask one module at a time, and Cecil's own resolver remembers what it has found in a plain dictionary.
    private sealed class Resolver : DefaultAssemblyResolver
    {
        private readonly Lock gate = new();

        public override AssemblyDefinition Resolve(AssemblyNameReference name)
        {
            lock (gate)
                return base.Resolve(name);
        }
    }

    private static IEnumerable<TypeReference> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        MethodReference method => method.Parameters.Select(p => p.ParameterType).Append(method.DeclaringType).Append(method.ReturnType)
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments : []),
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
