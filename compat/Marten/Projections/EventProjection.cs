using System.Linq.Expressions;
using System.Reflection;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Events.Daemon;

namespace Marten.Events.Projections;

/// <summary>Turns single events into document operations: public Project, ProjectAsync or Create methods, or an overridden ApplyAsync.</summary>
public abstract class EventProjection : ProjectionBase, IRegisterable, IProjectionSource<IDocumentOperations, IQuerySession>, IMartenRegistrable
{
    private const BindingFlags Projecting = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly MethodInfo StoreOne = typeof(EventProjection).GetMethod(nameof(StoreEntity), BindingFlags.NonPublic | BindingFlags.Static)!;

    private Dictionary<Type, Func<IDocumentOperations, IEvent, CancellationToken, ValueTask>>? _methods;

    protected EventProjection() => Name = GetType().FullNameInCode();

    /// <summary>What public Create methods make.</summary>
    internal IEnumerable<Type> CreatedTypes => GetType().GetMethods(Projecting)
        .Where(m => m.Name == "Create" && m.ReturnType != typeof(void)).Select(m => m.ReturnType).Distinct();

    public virtual ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        _methods ??= CompileMethods();
        for (var type = e.EventType; type is not null; type = type.BaseType)
            if (_methods.TryGetValue(type, out var method)) return method(operations, e, cancellation);
        return ValueTask.CompletedTask;
    }

    internal async ValueTask Project(IDocumentOperations operations, IEvent e, CancellationToken ct)
    {
        try
        {
            await using var lease = Lease();
            await ((EventProjection)lease.Projection).ApplyAsync(operations, e, ct);
        }
        catch (Exception error) when (error is not (OperationCanceledException or InvalidProjectionException))
        {
            throw new ApplyEventException(e, error);
        }
    }

    void IRegisterable.Register(ProjectionOptions projections, StoreOptions options)
    {
        Shapes.RejectHidden(GetType());
        if (Lifecycle == ProjectionLifecycle.Live)
            throw new InvalidProjectionException($"{Name} writes documents for single events, so there is nothing to fold when it is read. Use Inline or Async.");
        var overridden = GetType().GetMethod(nameof(ApplyAsync))!.DeclaringType != typeof(EventProjection);
        if (!overridden)
        {
            if (NewScope is not null)
                throw new InvalidProjectionException($"{GetType().FullName} is made anew for each use, so its methods would be compiled each time. Override ApplyAsync, or register it as a singleton.");
            _methods = CompileMethods();
            if (_methods.Count == 0)
                throw new InvalidProjectionException($"{GetType().FullName} projects no event. Give it public Project methods or override ApplyAsync.");
            if (IncludedTypes.Count == 0) foreach (var type in _methods.Keys) IncludeType(type);
        }

        if (Lifecycle == ProjectionLifecycle.Inline) projections.AddInline(this);
        else projections.AddShard(new EventProjectionShard(this));
    }

    private Dictionary<Type, Func<IDocumentOperations, IEvent, CancellationToken, ValueTask>> CompileMethods()
    {
        var found = new Dictionary<Type, Func<IDocumentOperations, IEvent, CancellationToken, ValueTask>>();
        foreach (var method in GetType().GetMethods(Projecting))
            if (method.Name is "Project" or "ProjectAsync" or "Create" && Conventions.EventTypeOf(method, typeof(IDocumentOperations)) is { } eventType)
                found[eventType] = Compile(method);
        return found;
    }

    private Func<IDocumentOperations, IEvent, CancellationToken, ValueTask> Compile(MethodInfo method)
    {
        var operations = Expression.Parameter(typeof(IDocumentOperations));
        var @event = Expression.Parameter(typeof(IEvent));
        var token = Expression.Parameter(typeof(CancellationToken));
        Expression call = Expression.Call(method.IsStatic ? null : Expression.Constant(this), method, method.GetParameters().Select(p => Argument(p.ParameterType)));
        var completed = Expression.Default(typeof(ValueTask));
        call = method.ReturnType switch
        {
            _ when method.ReturnType == typeof(void) => Expression.Block(call, completed),
            _ when method.ReturnType == typeof(ValueTask) => call,
            _ when method.ReturnType == typeof(Task) => Expression.New(typeof(ValueTask).GetConstructor([typeof(Task)])!, call),
            _ => Expression.Block(Expression.Call(StoreOne.MakeGenericMethod(method.ReturnType), operations, call), completed),
        };
        return Expression.Lambda<Func<IDocumentOperations, IEvent, CancellationToken, ValueTask>>(call, operations, @event, token).Compile();

        Expression Argument(Type type) => type switch
        {
            _ when type == typeof(IDocumentOperations) || type == typeof(IQuerySession) => operations,
            _ when type == typeof(CancellationToken) => token,
            _ when type == typeof(IEvent) => @event,
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEvent<>) => Expression.Convert(@event, type),
            _ => Expression.Convert(Expression.Property(@event, nameof(IEvent.Data)), type),
        };
    }

    private static void StoreEntity<T>(IDocumentOperations operations, T? entity) where T : notnull
    {
        if (entity is not null) operations.Store(entity);
    }
}
