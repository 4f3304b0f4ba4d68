using System.Reflection;
using Expo.Architecture.Tests.Code;
using Mono.Cecil.Cil;

namespace Expo.Architecture.Tests.Messages;

/// <summary>The contracts, and who makes them.</summary>
internal static class MessageCatalogue
{
    private static readonly Assembly Contracts = Assembly.Load("Contracts");

    public static string Listing => Repo.Path("services", "Contracts", "Contracts.api.txt");

    /// <summary>Every public type of Contracts.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Contracts.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>Those that are sent on their own; the others are parts of them.</summary>
    public static IReadOnlyList<Type> Messages { get; } = [.. Types.Where(type => !Types.Any(other => IsPartOf(type, other)))];

    public static string Golden(Type message) =>
        Repo.Path("tests", "Architecture.Tests", "approved", "messages", $"{message.FullName!["Expo.Contracts.".Length..]}.json");

    /// <summary>The services whose translations make a message.</summary>
    public static IReadOnlyList<string> Publishers(Type message) =>
    [
        .. from service in Repo.Services
           where (from type in Il.Module(service).Written()
                  from method in type.Methods
                  where method.Name == "Translate"
                  from instruction in method.Instructions()
                  where instruction.OpCode == OpCodes.Newobj && instruction.Operand is Mono.Cecil.MethodReference made && made.DeclaringType.FullName == message.FullName
                  select type).Any()
           select service,
    ];

    private static bool IsPartOf(Type part, Type whole) =>
        part != whole && whole.GetProperties().Any(p => p.PropertyType == part || p.PropertyType.GetGenericArguments().Contains(part));
}
