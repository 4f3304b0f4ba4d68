using Expo.Architecture.Tests.Code;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Expo.Architecture.Tests.Specs;

/// <summary>Asking twice decides once, and a spec shows it for every command (F18).</summary>
public sealed class CommandRules
{
    // Commands whose repeat is not "nothing", and why.
    private static readonly Dictionary<string, string> RepeatsDiffer = new()
    {
        ["Expo.Registration.Accounts.SignUp"] = "whoever comes second is refused: nobody can tell that it is the same person",
    };

    [Fact]
    public void Every_command_has_a_spec_that_asks_again_and_gets_nothing()
    {
        var commands = Commands().ToList();
        Rule.MatchedSomething(commands, atLeast: 5);
        var shown = AskedAgain();
        Rule.MatchedSomething(shown, atLeast: 5);
        Rule.NoneOf(
            commands.Select(c => c.FullName).Where(name => !shown.Contains(name) && !RepeatsDiffer.ContainsKey(name)),
            "Write a spec that ends in .AndAgainNothing(), or say in CommandRules.RepeatsDiffer why a repeat is different.");
    }

    [Fact]
    public void The_opt_out_names_only_commands_that_exist()
    {
        var names = Commands().Select(c => c.FullName).ToHashSet();
        Rule.NoneOf(RepeatsDiffer.Keys.Where(name => !names.Contains(name)), "Remove it from CommandRules.RepeatsDiffer.");
    }

    private static IEnumerable<TypeDefinition> Commands() =>
        Repo.Services.Append("Kernel").SelectMany(service => Il.Module(service).Written()).Where(type => type.IsRecord() && type.Has("Decide"));

    /// <summary>What is made, or taken from a field or method, in a test that calls AndAgainNothing.</summary>
    private static HashSet<string> AskedAgain() =>
    [
        .. from project in Repo.Services.Append("Kernel").Select(service => $"{service}.Tests")
           from type in Il.TestModule(project).Written()
           from method in type.Methods
           let code = method.Instructions().ToList()
           where code.Any(i => i.Operand is MethodReference { Name: "AndAgainNothing" })
           from instruction in code
           let used = instruction.Operand switch
           {
               MethodReference made when instruction.OpCode == OpCodes.Newobj => made.DeclaringType,
               MethodReference called => called.Name == "Decide" ? called.DeclaringType : called.ReturnType,
               FieldReference field => field.FieldType,
               _ => null,
           }
           where used is not null
           select used.FullName,
    ];
}
