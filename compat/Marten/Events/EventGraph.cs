using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.Events.Subscriptions;
using Marten.Exceptions;
using Marten.Services.Json.Transformations;
using Marten.Subscriptions;

namespace Marten.Events;

/// <summary>The event types a store knows, by class and by stored name.</summary>
internal sealed partial class EventGraph : IEventStoreOptions
{
    private readonly ConcurrentDictionary<Type, EventMapping> _byType = new();
    private readonly ConcurrentDictionary<string, EventMapping> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Type> _streamTypes = new(StringComparer.Ordinal);
    private readonly StoreOptions _options;
    private string? _schema;

    internal EventGraph(StoreOptions options)
    {
        _options = options;
        MapEventType<Archived>("archived");
    }

    public StreamIdentity StreamIdentity { get; set; } = StreamIdentity.AsGuid;
    public string DatabaseSchemaName { get => _schema ?? _options.DatabaseSchemaName; set => _schema = value; }
    public EventAppendMode AppendMode { get; set; } = EventAppendMode.QuickWithServerTimestamps;
    public EventNamingStyle EventNamingStyle { get; set; } = EventNamingStyle.ClassicTypeName;
    public MetadataConfig MetadataConfig { get; } = new();
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
    public bool EnableUniqueIndexOnEventId { get; set; }
    public bool EnableEventTypeIndex { get; set; }
    public bool EnableAdvancedAsyncTracking { get; set; } = true;
    public bool EnableBigIntEvents { get; set; } = true;
    public bool UseIdentityMapForAggregates { get; set; } = true;
    public bool UseMandatoryStreamTypeDeclaration { get; set; }
    public bool UseListenNotifyForEventAppends { get; set; } = true;

    public IEventStoreOptions AddEventType<TEvent>()
    {
        AddEventType(typeof(TEvent));
        return this;
    }

    public void AddEventType(Type eventType) => MappingFor(eventType);

    public void AddEventTypes(IEnumerable<Type> types)
    {
        foreach (var type in types) AddEventType(type);
    }

    public void MapEventType<TEvent>(string eventTypeName) where TEvent : class => MapEventType(typeof(TEvent), eventTypeName);

    public void MapEventType(Type eventType, string eventTypeName)
    {
        var mapping = new EventMapping(eventType, eventTypeName);
        if (_byName.TryGetValue(eventTypeName, out var taken) && (taken.Type != eventType || taken.Transformation is not null))
            throw new MartenException($"'{eventTypeName}' names both {(taken.Transformation is null ? taken.Type.FullName : "what is upcast")} and {eventType.FullName}. Give one of them another name.");

        if (_byType.TryGetValue(eventType, out var before)) _byName.TryRemove(before.Name, out _);
        _byType[eventType] = mapping;
        _byName[eventTypeName] = mapping;
    }

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class =>
        Upcast(NameOf(typeof(TOldEvent)), upcast);

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class =>
        Upcast(typeof(TEvent), eventTypeName, JsonTransformations.Upcast(upcast));

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
        where TOldEvent : class where TEvent : class => Upcast(NameOf(typeof(TOldEvent)), upcastAsync);

    public IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
        where TOldEvent : class where TEvent : class => Upcast(typeof(TEvent), eventTypeName, JsonTransformations.Upcast(upcastAsync));

    public IEventStoreOptions Upcast<TUpcaster>() where TUpcaster : IEventUpcaster, new() => Upcast(new TUpcaster());

    public IEventStoreOptions Upcast(params IEventUpcaster[] upcasters)
    {
        foreach (var upcaster in upcasters)
            Upcast(upcaster.EventType, upcaster.EventTypeName, new JsonTransformation(upcaster.FromDbDataReader, upcaster.FromDbDataReaderAsync));
        return this;
    }

    public IEventStoreOptions Upcast<TEvent>(string eventTypeName, JsonTransformation jsonTransformation) where TEvent : class =>
        Upcast(typeof(TEvent), eventTypeName, jsonTransformation);

    public IEventStoreOptions Upcast(Type eventType, string eventTypeName, JsonTransformation jsonTransformation)
    {
        if (!_byName.TryAdd(eventTypeName, new EventMapping(eventType, eventTypeName) { Transformation = jsonTransformation }))
            throw new MartenException($"'{eventTypeName}' already names {_byName[eventTypeName].Type.FullName}. Give the present type another name first, for instance with MapEventTypeWithSchemaVersion.");
        return this;
    }

    public void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null) =>
        _options.Projections.Subscribe(subscription, configure);

    internal IEvent Wrap(object data) => data as IEvent is { } wrapped ? Named(wrapped) : MappingFor(data.GetType()).ToEvent(data);

    internal EventMapping MappingFor(Type type)
    {
        if (_byType.TryGetValue(type, out var known)) return known;
        MapEventType(type, NameOf(type));
        return _byType[type];
    }

    /// <summary>The type a stored row is read as: by its name, else by the class it was written from.</summary>
    internal EventMapping? Find(string name) => _byName.GetValueOrDefault(name);

    internal EventMapping? Find(string name, string? dotNetType) =>
        Find(name) ?? (dotNetType is not null && Type.GetType(dotNetType) is { } type ? _byType.GetOrAdd(type, t => new EventMapping(t, name)) : null);

    /// <summary>
    /// Makes the events that projections ask for known by name: a filter that leaves out a type nobody has appended here yet would
    /// pass over what other processes append.
    /// </summary>
    internal void Register(Projections.ProjectionOptions projections)
    {
        var wanted = projections.Shards.SelectMany(s => s.Filter.IncludedTypes).Concat(projections.InlineSnapshots.SelectMany(s => s.Aggregator.EventTypes ?? []));
        foreach (var type in wanted.Distinct().Where(t => t is { IsAbstract: false, IsInterface: false, IsGenericTypeDefinition: false })) MappingFor(type);
        foreach (var shard in projections.Shards)
            if (shard.Filter.IncludedTypes.Count > 0 && NamesOf(shard.Filter.IncludedTypes).Length == 0)
                throw new JasperFx.Events.Projections.InvalidProjectionException(
                    $"'{shard.Name}' asks for {string.Join(", ", shard.Filter.IncludedTypes.Select(t => t.Name))}, and no registered event type is one: it would see nothing. Register the events with MapEventType or AddEventType.");
    }

    internal string[] NamesOf(IEnumerable<Type> types) =>
        [.. _byType.Values.Concat(_byName.Values).Where(m => types.Any(t => t.IsAssignableFrom(m.Type))).Select(m => m.Name).Distinct()];

    internal static string AliasFor(Type aggregateType) => Schema.DocumentMapping.DefaultAlias(aggregateType);

    internal void RememberAggregate(Type aggregateType) => _streamTypes[AliasFor(aggregateType)] = aggregateType;

    internal Type? AggregateFor(string? alias) => alias is not null && _streamTypes.TryGetValue(alias, out var type) ? type : null;

    private string NameOf(Type type) => EventMapping.DefaultName(type, EventNamingStyle);

    private IEvent Named(IEvent @event)
    {
        var mapping = MappingFor(@event.EventType);
        @event.EventTypeName = mapping.Name;
        @event.DotNetTypeName = mapping.DotNetTypeName;
        return @event;
    }
}
