using System.Text.RegularExpressions;
using Expo.Architecture.Tests.Code;

namespace Expo.Architecture.Tests.Specs;

/// <summary>A test's name is a sentence about behaviour (F23).</summary>
public sealed partial class NameRules
{
    [Fact]
    public void A_name_is_a_sentence_about_behaviour()
    {
        var tests = (from folder in Directory.EnumerateDirectories(Repo.Path("tests"), "*.Tests").Select(Path.GetFileName)
                     where Il.HasTestModule(folder)
                     from type in Il.TestModule(folder!).Written()
                     from method in type.Methods
                     where method.CustomAttributes.Any(a => a.AttributeType.Name is "FactAttribute" or "TheoryAttribute")
                     select $"{type.FullName}.{method.Name}").ToList();
        Rule.MatchedSomething(tests, atLeast: 300);
        Rule.NoneOf(tests.Where(test => Name(test) is var name && (!Sentence().IsMatch(name) || Empty().IsMatch(name))),
            "Say what happens, in the words of the business: A_booth_held_by_another_is_refused. No Test, Should or Works.");
    }

    private static string Name(string test) => test.Split('.')[^1];

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,}$")]
    private static partial Regex Sentence();

    [GeneratedRegex("Test|Should|Works")]
    private static partial Regex Empty();
}
