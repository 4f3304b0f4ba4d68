using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using JasperFx.Events;
using JasperFx.Events.Projections;

namespace Marten.Events.Projections;

/// <summary>Finds Create, Apply and ShouldDelete by name and shape and turns each into a delegate.</summary>
internal static class Conventions
{
    public static ConventionalMethods<T> Compile<T>(Type owner, object? target) where T : notnull
    {
        var creates = new Dictionary<Type, Func<IEvent, T>>();
        var applies = new Dictionary<Type, Func<T, IEvent, T>>();
        var deletes = new Dictionary<Type, Func<T, IEvent, bool>>();

        foreach (var method in owner.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
        {
            if (method.Name is not ("Create" or "Apply" or "ShouldDelete") || method.IsSpecialName) continue;
            if (method.DeclaringType!.Assembly == typeof(Conventions).Assembly) continue;
            var eventType = EventTypeOf(method, typeof(T))!;
            Shapes.Check(method, eventType, typeof(T), onDocument: target is null);
            switch (method.Name)
            {
                case "Create": Add(creates, Call<Func<IEvent, T>>(method, target, typeof(T), withDocument: false)); break;
                case "Apply": Add(applies, Call<Func<T, IEvent, T>>(method, target, typeof(T), withDocument: true)); break;
                default: Add(deletes, Call<Func<T, IEvent, bool>>(method, target, typeof(T), withDocument: true)); break;
            }

            void Add<TMethod>(Dictionary<Type, TMethod> methods, TMethod compiled)
            {
                if (!methods.TryAdd(eventType, compiled))
                    throw new InvalidProjectionException($"{owner.FullName} has more than one {method.Name} for {eventType.Name}; only one would be called.");
            }
        }

        foreach (var constructor in target is null ? typeof(T).GetConstructors() : [])
            if (constructor.GetParameters() is [{ ParameterType: { IsInterface: true, IsGenericType: true } wrapper }]
                && wrapper.GetGenericTypeDefinition() == typeof(IEvent<>))
                creates.TryAdd(wrapper.GenericTypeArguments[0], Construct<T>(constructor, wrapper));

        return new ConventionalMethods<T>(owner, creates, applies, deletes);
    }

    /// <summary>The parameter that is an event: not the document, not a session, not a token.</summary>
    public static Type? EventTypeOf(MethodInfo method, Type documentType)
    {
        foreach (var parameter in method.GetParameters())
        {
            var type = parameter.ParameterType;
            if (type == documentType || type == typeof(IEvent) || type == typeof(CancellationToken) || typeof(IQuerySession).IsAssignableFrom(type)) continue;
            return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEvent<>) ? type.GenericTypeArguments[0] : type;
        }

        return null;
    }

    private static TDelegate Call<TDelegate>(MethodInfo method, object? target, Type documentType, bool withDocument) where TDelegate : Delegate
    {
        var document = Expression.Parameter(documentType);
        var @event = Expression.Parameter(typeof(IEvent));
        var arguments = method.GetParameters().Select(p => Argument(p.ParameterType, @event, documentType, document)).ToArray();
        Expression? instance = method.IsStatic ? null : target is null ? document : Expression.Constant(target);
        Expression call = Expression.Call(instance, method, arguments);
        if (withDocument && method.ReturnType == typeof(void)) call = Expression.Block(call, document);
        return withDocument
            ? Expression.Lambda<TDelegate>(call, document, @event).Compile()
            : Expression.Lambda<TDelegate>(call, @event).Compile();
    }

    private static Func<IEvent, T> Construct<T>(ConstructorInfo constructor, Type wrapper)
    {
        var @event = Expression.Parameter(typeof(IEvent));
        return Expression.Lambda<Func<IEvent, T>>(Expression.New(constructor, Expression.Convert(@event, wrapper)), @event).Compile();
    }

    private static Expression Argument(Type type, ParameterExpression @event, Type documentType, ParameterExpression document)
    {
        if (type == documentType) return document;
        if (type == typeof(IEvent)) return @event;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEvent<>)
            ? Expression.Convert(@event, type)
            : Expression.Convert(Expression.Property(@event, nameof(IEvent.Data)), type);
    }
}

/// <summary>The compiled methods of one aggregate, looked up by event type.</summary>
internal sealed class ConventionalMethods<T>(
    Type owner, Dictionary<Type, Func<IEvent, T>> creates, Dictionary<Type, Func<T, IEvent, T>> applies, Dictionary<Type, Func<T, IEvent, bool>> deletes)
    where T : notnull
{
    private static readonly Func<T>? New = typeof(T).GetConstructor(Type.EmptyTypes) is { } constructor
        ? Expression.Lambda<Func<T>>(Expression.New(constructor)).Compile()
        : null;

    private readonly ConcurrentDictionary<Type, Handlers> _handlers = new();

    public IReadOnlyCollection<Type> EventTypes { get; } = [.. creates.Keys.Concat(applies.Keys).Concat(deletes.Keys).Distinct()];

    public T? Step(T? document, IEvent @event)
    {
        var handlers = _handlers.GetOrAdd(@event.EventType, static (type, self) => self.Resolve(type), this);
        if (document is null)
        {
            if (handlers.Create is { } create) return create(@event);
            if (handlers.Apply is null) return document;
            document = New is not null ? New() : throw new InvalidEventToStartAggregateException(typeof(T), owner, @event.EventType);
        }

        if (handlers.Delete is { } delete && delete(document, @event)) return default;
        return handlers.Apply is { } apply ? apply(document, @event) : document;
    }

    private Handlers Resolve(Type eventType) => new(Closest(creates, eventType), Closest(applies, eventType), Closest(deletes, eventType));

    private static TDelegate? Closest<TDelegate>(Dictionary<Type, TDelegate> methods, Type eventType) where TDelegate : class
    {
        for (var type = eventType; type is not null; type = type.BaseType)
            if (methods.TryGetValue(type, out var exact)) return exact;
        return methods.FirstOrDefault(m => m.Key.IsInterface && m.Key.IsAssignableFrom(eventType)).Value;
    }

    private sealed record Handlers(Func<IEvent, T>? Create, Func<T, IEvent, T>? Apply, Func<T, IEvent, bool>? Delete);
}
