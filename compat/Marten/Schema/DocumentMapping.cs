using System.Reflection;
using JasperFx;
using Marten.Exceptions;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace Marten.Schema;

/// <summary>One document type: its table, its identity and the statements that read and write it.</summary>
internal sealed class DocumentMapping
{
    private static readonly Dictionary<Type, (string Sql, NpgsqlDbType Db)> IdTypes = new()
    {
        [typeof(Guid)] = ("uuid", NpgsqlDbType.Uuid),
        [typeof(string)] = ("varchar", NpgsqlDbType.Varchar),
        [typeof(int)] = ("integer", NpgsqlDbType.Integer),
        [typeof(long)] = ("bigint", NpgsqlDbType.Bigint),
    };

    private readonly StoreOptions _options;
    private readonly List<DuplicatedField> _duplicates = [];
    private readonly List<MappedIndex> _indexes = [];
    private DocumentSql? _sql;
    private Func<object, object?>? _getId;
    private Action<object, object>? _setId;
    private string? _schema;
    private string _alias;

    public DocumentMapping(Type type, StoreOptions options)
    {
        (Type, _options, _alias) = (type, options, DefaultAlias(type));
        IdMember = FindIdentity(type);
    }

    public Type Type { get; }

    /// <summary>Documents of a projection's later version stand beside those of the earlier one.</summary>
    public string Alias { get => ProjectionVersion > 1 ? $"{_alias}_{ProjectionVersion}" : _alias; set => _alias = value; }

    public uint ProjectionVersion { get; private set; } = 1;
    public string SchemaName { get => _schema ?? _options.DatabaseSchemaName; set => _schema = value; }
    public string Table => $"mt_doc_{Alias}{(IsShadow ? "_rebuild" : "")}";

    /// <summary>Where a rebuild writes until it is done.</summary>
    public bool IsShadow { get; private init; }

    public string QualifiedTable => $"{SchemaName}.{Table}";
    public MemberInfo? IdMember { get; private set; }
    public Type IdType => Identity().ValueType();
    public string IdSqlType => IdTypes[IdType].Sql;
    public NpgsqlDbType IdDbType => IdTypes[IdType].Db;
    public bool UseOptimisticConcurrency { get; set; }
    public bool UseNumericRevisions { get; set; }

    /// <summary>Written by a projection: its version is the stream's or the event's.</summary>
    public bool IsProjected { get; private set; }

    public bool HasNumericVersion => IsProjected || UseNumericRevisions;
    public IReadOnlyList<DuplicatedField> Duplicates => _duplicates;
    public IReadOnlyList<MappedIndex> Indexes => _indexes;

    /// <summary>The same documents in a table beside the live one.</summary>
    public DocumentMapping Shadow()
    {
        var shadow = new DocumentMapping(Type, _options) { IsShadow = true, Alias = Alias, SchemaName = SchemaName, IdMember = IdMember };
        (shadow.UseOptimisticConcurrency, shadow.UseNumericRevisions, shadow.IsProjected) = (UseOptimisticConcurrency, UseNumericRevisions, IsProjected);
        shadow._duplicates.AddRange(_duplicates);
        return shadow;
    }

    /// <summary>Statement texts; fixed once the store is built.</summary>
    public DocumentSql Sql => _sql ??= new DocumentSql(this);

    public static string DefaultAlias(Type type)
    {
        var name = type.Name.Split('`')[0];
        return (type.DeclaringType is { } outer ? $"{outer.Name}_{name}" : name).ToLowerInvariant();
    }

    public object GetId(object document) => (_getId ??= new MemberPath([Identity()]).CompileGetter(Type))(document)
        ?? throw new InvalidDocumentException($"A {Type.Name} has no identity.");

    public void SetId(object document, object id) =>
        (_setId ??= Members.CompileSetter(Type, Identity()) ?? throw new InvalidDocumentException($"{Type.FullName}.{IdMember!.Name} cannot be set."))(document, id);

    /// <summary>The document's identity; an empty Guid is replaced by a new one.</summary>
    public object AssignId(object document)
    {
        var id = GetId(document);
        if (id is Guid guid && guid == Guid.Empty) SetId(document, id = Guid.CreateVersion7());
        if (id is string { Length: 0 } or 0 or 0L)
            throw new InvalidDocumentException($"A {Type.Name} needs an identity before it is stored; numbers and texts are not generated.");
        return id;
    }

    public void UseIdentity(MemberInfo member) => IdMember = member;

    /// <summary>From now on a projection of this version writes these documents.</summary>
    public void ProjectedBy(uint version) => (IsProjected, ProjectionVersion) = (true, version);

    public void Duplicate(MemberPath path, string? pgType, bool notNull = false) =>
        _duplicates.Add(new DuplicatedField(path, SqlNames.ColumnFor(path), pgType ?? SqlNames.TypeFor(path.ValueType), notNull, path.CompileGetter(Type)));

    /// <summary>An index over these members, or over the whole body when there are none.</summary>
    public void AddIndex<TIndex>(IReadOnlyList<MemberPath> members, TIndex index, Action<TIndex>? configure) where TIndex : IndexDefinition
    {
        configure?.Invoke(index);
        _indexes.Add(new MappedIndex(members, index));
    }

    /// <summary>The SQL that reads a member: its own column if it has one, else an expression over the body.</summary>
    public string Locator(MemberPath path)
    {
        foreach (var field in _duplicates) if (field.Path.Name == path.Name) return field.Column;
        var json = _options.Json;
        var names = path.Members.Select(m => json.NameOf(m)).ToList();
        var text = "data" + string.Concat(names.SkipLast(1).Select(n => $" -> '{n}'")) + $" ->> '{names[^1]}'";
        var type = SqlNames.TypeFor(path.ValueType);
        return type switch
        {
            "varchar" => $"({text})",
            "timestamptz" => $"({_options.DatabaseSchemaName}.mt_immutable_timestamptz({text}))",
            "date" => $"({_options.DatabaseSchemaName}.mt_immutable_date({text}))",
            _ => $"(CAST({text} as {type}))",
        };
    }

    private MemberInfo Identity()
    {
        var member = IdMember ?? throw new InvalidDocumentException(
            $"{Type.FullName} has no identity. Give it a public Id property, or name one with Schema.For<{Type.Name}>().Identity(…).");
        return IdTypes.ContainsKey(member.ValueType())
            ? member
            : throw new InvalidDocumentException($"{Type.FullName}.{member.Name} is a {member.ValueType().Name}; identities are Guid, string, int or long.");
    }

    private static MemberInfo? FindIdentity(Type type)
    {
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => m is PropertyInfo { CanRead: true } or FieldInfo).ToList();
        return members.FirstOrDefault(m => m.IsDefined(typeof(IdentityAttribute)))
            ?? members.FirstOrDefault(m => m.Name is "Id" or "id" or "ID");
    }
}

/// <summary>A member that also has a column of its own.</summary>
internal sealed record DuplicatedField(MemberPath Path, string Column, string SqlType, bool NotNull, Func<object, object?> Read);

/// <summary>An index and the members it is over.</summary>
internal sealed record MappedIndex(IReadOnlyList<MemberPath> Members, IndexDefinition Definition);
