using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Expo.Upstream.Tests;

/// <summary>An assembly's public API, one line each, as those who compile against it meet it: inherited members stand with every type that has them.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat Types = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Members = Types
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis);

    /// <summary>The types with their members; what is <paramref name="ours"/> alone (a type, or the beginning of a member's line) is left out, what such a type hands down is not.</summary>
    public static IReadOnlyList<string> Of(string path, params IReadOnlyCollection<string> ours)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) != Path.GetFileName(path)).Select(p => MetadataReference.CreateFromFile(p));
        var assembly = MetadataReference.CreateFromFile(path);
        var compilation = CSharpCompilation.Create("api", references: [.. references, assembly]);
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!;
        return [.. TypesIn(symbol.GlobalNamespace).Where(t => !IsOurs(t, ours)).SelectMany(t => Lines(t, ours)).Where(line => !ours.Any(line.StartsWith)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol inner => TypesIn(inner),
        INamedTypeSymbol type when Visible(type) => TypesIn(type).Prepend(type),
        _ => [],
    });

    private static IEnumerable<string> Lines(INamedTypeSymbol type, IReadOnlyCollection<string> ours)
    {
        var bases = Ancestors(type).Where(t => Visible(t) && !IsOurs(t, ours)).Select(Name).Order(StringComparer.Ordinal);
        var kind = $"{(type.IsStatic ? "static " : type is { IsAbstract: true, TypeKind: TypeKind.Class } ? "abstract " : type is { IsSealed: true, TypeKind: TypeKind.Class } ? "sealed " : "")}{type.TypeKind}";
        yield return $"{Name(type)}: {kind} {string.Join(", ", bases)}{Constraints(type.TypeParameters)}";

        var hidden = new HashSet<string>();
        foreach (var owner in Ancestors(type).Prepend(type).Where(t => SymbolEqualityComparer.Default.Equals(t.ContainingAssembly, type.ContainingAssembly)))
            foreach (var member in owner.GetMembers().Where(m => Visible(m) && m is not INamedTypeSymbol && !IsAccessor(m) && !IsOfObject(m)))
                if (SymbolEqualityComparer.Default.Equals(owner, type) || member is not IMethodSymbol { MethodKind: MethodKind.Constructor })
                    if (hidden.Add($"{member.Name}{(member as IMethodSymbol)?.Arity}{string.Join(',', (member as IMethodSymbol)?.Parameters.Select(p => p.Type.ToDisplayString(Types)) ?? [])}"))
                        yield return $"{Name(type)}: {Line(member)}";
    }

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is { SpecialType: SpecialType.None }; parent = parent.BaseType) yield return parent;
        foreach (var implemented in type.AllInterfaces) yield return implemented;
    }

    private static string Line(ISymbol member)
    {
        var inheritance = member switch
        {
            { ContainingType.TypeKind: TypeKind.Interface } => "",
            { IsAbstract: true } => "abstract ",
            { IsSealed: false } and ({ IsVirtual: true } or { IsOverride: true }) => "virtual ",
            _ => "",
        };
        var access = member.DeclaredAccessibility == Accessibility.Public ? "" : "protected ";
        var accessors = member is not IPropertySymbol property ? "" : $" {{ {Accessor(property.GetMethod, "get")}{Accessor(property.SetMethod, property.SetMethod?.IsInitOnly == true ? "init" : "set")}}}";
        var field = member is IFieldSymbol { IsReadOnly: true } ? "readonly " : "";
        return $"{access}{(member.IsStatic ? "static " : "")}{inheritance}{field}{(member is IPropertySymbol { IsRequired: true } ? "required " : "")}{member.ToDisplayString(Members)}{accessors}{Constraints((member as IMethodSymbol)?.TypeParameters ?? [])}";
    }

    private static string Accessor(IMethodSymbol? accessor, string name) =>
        accessor is null || !Visible(accessor) ? "" : $"{(accessor.DeclaredAccessibility == Accessibility.Public ? "" : "protected ")}{name}; ";

    private static string Constraints(IEnumerable<ITypeParameterSymbol> parameters) => string.Concat(parameters.Select(parameter =>
    {
        List<string> parts = [];
        if (parameter.HasReferenceTypeConstraint) parts.Add("class");
        if (parameter.HasNotNullConstraint) parts.Add("notnull");
        parts.AddRange(parameter.ConstraintTypes.Select(type => type.ToDisplayString(Types)));
        if (parameter.HasConstructorConstraint) parts.Add("new()");
        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }));

    private static string Name(INamedTypeSymbol type) => type.ToDisplayString(Types);

    private static bool IsOurs(INamedTypeSymbol type, IReadOnlyCollection<string> ours) =>
        ours.Contains(Name(type.OriginalDefinition)) || Name(type).StartsWith("Expo.", StringComparison.Ordinal);

    private static bool IsOfObject(ISymbol member) => member is IMethodSymbol { IsOverride: true, Name: nameof(ToString) or nameof(Equals) or nameof(GetHashCode) };

    private static bool IsAccessor(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: not null };

    private static bool Visible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && (symbol.ContainingType is null || Visible(symbol.ContainingType));
}
