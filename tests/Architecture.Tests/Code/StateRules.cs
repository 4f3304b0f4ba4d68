using System.Reflection;
using System.Text.RegularExpressions;
using Expo.Kernel;

namespace Expo.Architecture.Tests.Code;

/// <summary>Marten finds state types by convention and skips silently what is not public (F11).</summary>
public sealed partial class StateRules
{
    private static readonly string[] ProjectionMethods = ["Create", "Apply", "Project", "ShouldDelete", "Evolve"];

    [Fact]
    public void A_state_can_be_made_from_nothing_and_folds_in_public()
    {
        var states = States().ToList();
        Rule.MatchedSomething(states, atLeast: 5);
        Rule.NoneOf(
            states.Where(state => !state.IsPublic || !state.IsSealed || state.GetConstructor(Type.EmptyTypes) is null
                || state.GetMethod("Evolve", BindingFlags.Public | BindingFlags.Instance, [typeof(object)]) is null).Select(state => state.FullName!),
            "A state is a public sealed record with a public parameterless constructor and a public Evolve(object).");
    }

    [Fact]
    public void Everything_that_Marten_calls_by_name_is_public()
    {
        var types = Repo.ServiceAssemblies.SelectMany(a => a.GetTypes()).Where(IsProjection).ToList();
        Rule.NoneOf(
            from type in types
            from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where ProjectionMethods.Contains(method.Name)
            select $"{type.FullName}.{method.Name}",
            "Make the method public: Marten does not call it otherwise, and says nothing.");
    }

    // Its source generator reads the text of Evolve, and takes "BoothReleased =>" for a constant: a commit with that event alone would not change the snapshot.
    [Fact]
    public void Marten_sees_every_event_that_a_state_folds()
    {
        var folds = Repo.Files("services", "*.cs").SelectMany(file => Folds().Matches(File.ReadAllText(file))).ToList();
        var arms = folds.SelectMany(fold => Arms().Matches(fold.Groups["arms"].Value), (fold, arm) => (State: fold.Groups["state"].Value, Arm: arm.Value.Trim(), Event: arm.Groups["event"].Value)).ToList();
        Assert.Equal(States().Select(state => state.Name).Order(), folds.Select(fold => fold.Groups["state"].Value).Order());
        Rule.MatchedSomething(arms, atLeast: 80);
        var known = States().ToDictionary(state => state.Name, state => state.Assembly.GetTypes().Where(type => type.Namespace == state.Namespace).Select(type => type.Name).ToHashSet());
        Rule.NoneOf(
            from one in arms
            where one.Arm != "_ => this," && !known[one.State].Contains(one.Event)
            select $"{one.State}: {one.Arm}",
            "Write the arms of Evolve as 'SomethingHappened e =>' or 'SomethingHappened _ =>', with events of the state's namespace, and '_ => this,' last.");
    }

    [GeneratedRegex(@"public (?<state>\w+) Evolve\(object @event\) => @event switch\r?\n    \{(?<arms>.*?)\n    \};", RegexOptions.Singleline)]
    private static partial Regex Folds();

    [GeneratedRegex(@"(?<=\n)        (?:(?<event>\w+) \w+ =>|[^\s{}/].*)")]
    private static partial Regex Arms();

    internal static IEnumerable<Type> States() => Repo.ServiceAssemblies.SelectMany(a => a.GetTypes()).Where(IsState);

    private static bool IsState(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>));

    private static bool IsProjection(Type type) =>
        IsState(type) || (type.BaseType is { IsGenericType: true } parent && parent.Name.Contains("Projection", StringComparison.Ordinal));
}
