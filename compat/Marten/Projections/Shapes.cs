using System.Reflection;
using JasperFx.Events;
using JasperFx.Events.Projections;

namespace Marten.Events.Projections;

/// <summary>Refuses, when the store is built, methods that would not be called or not as they were meant.</summary>
internal static class Shapes
{
    private static readonly string[] Names = ["Create", "Apply", "ShouldDelete", "Evolve", "Project", "ProjectAsync"];

    /// <summary>What upstream would silently not call is an error here.</summary>
    public static void RejectHidden(Type owner)
    {
        const BindingFlags hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (owner.GetMethods(hidden).FirstOrDefault(m => Names.Contains(m.Name) && !m.IsFamily) is { } method)
            throw new InvalidProjectionException($"{owner.FullName}.{method.Name} is not public, so it would never be called. Make it public.");
        if (owner.IsNestedPrivate)
            throw new InvalidProjectionException($"{owner.FullName} is private, so no dispatcher can call it. Make it public.");
    }

    /// <summary>Whether a public Create, Apply or ShouldDelete has a shape that means something.</summary>
    /// <param name="method">The method.</param>
    /// <param name="eventType">What it takes.</param>
    /// <param name="document">What it makes or changes.</param>
    /// <param name="onDocument">The document folds itself; else a projection folds it.</param>
    public static void Check(MethodInfo method, Type? eventType, Type document, bool onDocument)
    {
        if (eventType is null) throw Wrong("names no event. Take the event, or IEvent<TEvent>");
        if (method.IsGenericMethodDefinition) throw Wrong("is generic, so no event chooses it");
        if (typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            throw Wrong("is asynchronous; override EvolveAsync for that");

        var parameters = method.GetParameters();
        if (parameters.Any(p => p.ParameterType.IsByRef)) throw Wrong("passes a parameter by reference");
        if (parameters.Any(p => typeof(IQuerySession).IsAssignableFrom(p.ParameterType) || p.ParameterType == typeof(CancellationToken)))
            throw Wrong("asks for a session; override EvolveAsync for that");
        if (parameters.Count(p => p.ParameterType != document && p.ParameterType != typeof(IEvent)) > 1) throw Wrong("takes more than one event");

        var takesDocument = parameters.Any(p => p.ParameterType == document);
        var problem = method.Name switch
        {
            "Create" when !document.IsAssignableFrom(method.ReturnType) => $"does not return {document.Name}",
            "Create" when onDocument && !method.IsStatic => "is not static, and there is no document yet to call it on",
            "Create" when takesDocument => "takes a document, and there is none yet",
            "Apply" when method.ReturnType != typeof(void) && !document.IsAssignableFrom(method.ReturnType) => $"returns neither {document.Name} nor nothing",
            "ShouldDelete" when method.ReturnType != typeof(bool) => "does not return bool",
            "Apply" when !takesDocument && (!onDocument || method.IsStatic) => $"takes no {document.Name}, so there is nothing to change",
            _ => null,
        };
        if (problem is not null) throw Wrong(problem);

        InvalidProjectionException Wrong(string why) =>
            new($"{method.DeclaringType!.FullName}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))}) {why}.");
    }
}
