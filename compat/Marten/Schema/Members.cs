using System.Linq.Expressions;
using System.Reflection;

namespace Marten.Schema;

/// <summary>A chain of members from a document to a value inside it.</summary>
internal sealed record MemberPath(IReadOnlyList<MemberInfo> Members)
{
    public string Name => string.Concat(Members.Select(m => m.Name));
    public Type ValueType => Nullable.GetUnderlyingType(Members.TypeOf()) ?? Members.TypeOf();

    /// <summary>Reads the value from a document; a null on the way gives null.</summary>
    public Func<object, object?> CompileGetter(Type documentType)
    {
        var document = Expression.Parameter(typeof(object));
        Expression value = Expression.Convert(document, documentType);
        var missing = Expression.Constant(null, typeof(object));
        var steps = new List<Expression>();
        foreach (var member in Members) steps.Add(value = Expression.MakeMemberAccess(value, member));
        Expression result = Expression.Convert(steps[^1], typeof(object));
        for (var i = steps.Count - 2; i >= 0; i--)
            if (!steps[i].Type.IsValueType) result = Expression.Condition(Expression.Equal(steps[i], Expression.Constant(null, steps[i].Type)), missing, result);
        return Expression.Lambda<Func<object, object?>>(result, document).Compile();
    }
}

internal static class Members
{
    public static MemberInfo Single<T>(Expression<Func<T, object>> expression) => Path(expression).Members[^1];

    public static MemberPath Path<T, TValue>(Expression<Func<T, TValue>> expression)
    {
        var members = new Stack<MemberInfo>();
        var step = expression.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : expression.Body;
        for (; step is MemberExpression member; step = member.Expression!) members.Push(member.Member);
        return members.Count > 0
            ? new MemberPath([.. members])
            : throw new ArgumentException($"'{expression}' does not name a member of {typeof(T).Name}.", nameof(expression));
    }

    public static Type TypeOf(this IReadOnlyList<MemberInfo> members) => members[^1].ValueType();

    public static Type ValueType(this MemberInfo member) => member switch
    {
        PropertyInfo property => property.PropertyType,
        FieldInfo field => field.FieldType,
        _ => throw new ArgumentException($"{member.Name} is neither property nor field.", nameof(member)),
    };

    /// <summary>A setter that also reaches <c>init</c>-only properties; null when the member cannot be set.</summary>
    public static Action<object, object>? CompileSetter(Type documentType, MemberInfo member)
    {
        if (member is PropertyInfo { SetMethod: null }) return null;
        var (document, value) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object)));
        var target = Expression.MakeMemberAccess(Expression.Convert(document, documentType), member);
        return Expression.Lambda<Action<object, object>>(Expression.Assign(target, Expression.Convert(value, member.ValueType())), document, value).Compile();
    }
}
