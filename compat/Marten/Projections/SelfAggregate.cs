using System.Linq.Expressions;
using System.Reflection;
using JasperFx.Events;
using JasperFx.Events.Projections;

namespace Marten.Events.Projections;

/// <summary>Compiles a type that folds its own events: a public <c>Evolve</c>, or public Create, Apply and ShouldDelete methods.</summary>
internal static class SelfAggregate
{
    public static Aggregator<T> Compile<T>(StoreOptions options) where T : notnull
    {
        if (typeof(T).IsValueType) throw new InvalidProjectionException($"{typeof(T).FullName} is a value type; an aggregate is a class.");
        var mapping = options.MappingFor(typeof(T));
        Shapes.RejectHidden(typeof(T));
        if (Evolver<T>() is { } evolve)
        {
            if (typeof(T).GetMethods().FirstOrDefault(m => m.Name is "Apply" or "ShouldDelete" && m.DeclaringType == typeof(T)) is { } unused)
                throw new InvalidProjectionException($"{typeof(T).FullName} has Evolve and {unused.Name}; only Evolve would be called. Keep one of the two.");
            return new Aggregator<T>(evolve, null, mapping);
        }

        var methods = Conventions.Compile<T>(typeof(T), null);
        if (methods.EventTypes.Count == 0)
            throw new InvalidProjectionException(
                $"{typeof(T).FullName} folds no event. Give it a public Evolve(object) with a public parameterless constructor, or public Create/Apply methods.");
        return new Aggregator<T>(methods.Step, methods.EventTypes, mapping);
    }

    private static Step<T>? Evolver<T>() where T : notnull
    {
        var methods = typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Where(m => m.Name == "Evolve").ToList();
        if (methods.Count == 0) return null;
        var method = methods.FirstOrDefault(m => !m.IsStatic && m.ReturnType == typeof(T) && m.GetParameters() is [{ } p]
            && (p.ParameterType == typeof(object) || p.ParameterType == typeof(IEvent)));
        if (method is null)
            throw new InvalidProjectionException(
                $"{typeof(T).FullName}.Evolve must be an instance method that takes one object (or IEvent) and returns {typeof(T).Name}; a narrower parameter would not be called.");
        if (typeof(T).GetConstructor(Type.EmptyTypes) is not { } constructor)
            throw new InvalidProjectionException($"{typeof(T).FullName} has Evolve and needs a public parameterless constructor to start from.");

        var create = Expression.Lambda<Func<T>>(Expression.New(constructor)).Compile();
        if (method.GetParameters()[0].ParameterType == typeof(IEvent))
        {
            var apply = method.CreateDelegate<Func<T, IEvent, T>>();
            return (document, @event) => apply(document ?? create(), @event);
        }

        var evolve = method.CreateDelegate<Func<T, object, T>>();
        return (document, @event) => evolve(document ?? create(), @event.Data);
    }
}
