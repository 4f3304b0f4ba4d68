using System.Linq.Expressions;
using System.Text;
using JasperFx.Events;

namespace Marten.Events;

/// <summary>One event type: its stored name and how to wrap a fact of it, both worked out once.</summary>
internal sealed class EventMapping(Type type, string name)
{
    public Type Type { get; } = type;
    public string Name { get; } = name;
    public string DotNetTypeName { get; } = $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>How bodies stored under this name become the type, when they were written as another.</summary>
    public Services.Json.Transformations.JsonTransformation? Transformation { get; init; }

    public Func<object, IEvent> Wrap { get; } = CompileWrap(type);

    public IEvent ToEvent(object data)
    {
        var @event = Wrap(data);
        @event.EventTypeName = Name;
        @event.DotNetTypeName = DotNetTypeName;
        return @event;
    }

    public static string DefaultName(Type type, EventNamingStyle style) => style switch
    {
        EventNamingStyle.FullTypeName => type.FullName ?? type.Name,
        EventNamingStyle.SmarterTypeName when type.DeclaringType is { } outer => $"{SnakeCase(outer.Name)}.{SnakeCase(type.Name)}",
        _ => SnakeCase(type.Name),
    };

    private static Func<object, IEvent> CompileWrap(Type type)
    {
        var data = Expression.Parameter(typeof(object));
        var constructor = typeof(Event<>).MakeGenericType(type).GetConstructor([type])!;
        return Expression.Lambda<Func<object, IEvent>>(Expression.New(constructor, Expression.Convert(data, type)), data).Compile();
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
