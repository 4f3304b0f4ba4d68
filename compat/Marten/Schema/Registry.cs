using System.Linq.Expressions;
using Marten.Schema;
using NpgsqlTypes;

namespace Marten
{
    /// <summary>How document types are identified, named and indexed.</summary>
    public class MartenRegistry
    {
        private readonly StoreOptions _options;

        internal MartenRegistry(StoreOptions options) => _options = options;

        public DocumentMappingExpression<T> For<T>() => new(_options.MappingFor(typeof(T)));

        /// <summary>Configures one document type.</summary>
        public class DocumentMappingExpression<T>
        {
            private readonly DocumentMapping _mapping;

            internal DocumentMappingExpression(DocumentMapping mapping) => _mapping = mapping;

            public DocumentMappingExpression<T> DocumentAlias(string alias) => With(m => m.Alias = alias);

            public DocumentMappingExpression<T> DatabaseSchemaName(string schema) => With(m => m.SchemaName = schema);

            public DocumentMappingExpression<T> Identity(Expression<Func<T, object>> member) => With(m => m.UseIdentity(Members.Single(member)));

            public DocumentMappingExpression<T> Index(Expression<Func<T, object?>> expression, Action<ComputedIndex>? configure = null) =>
                With(m => m.AddIndex([Members.Path(expression)], unique: false, configure));

            public DocumentMappingExpression<T> Index(
                IReadOnlyCollection<Expression<Func<T, object>>> expressions, Action<ComputedIndex>? configure = null) =>
                With(m => m.AddIndex([.. expressions.Select(Members.Path)], unique: false, configure));

            public DocumentMappingExpression<T> UniqueIndex(params Expression<Func<T, object>>[] expressions) =>
                With(m => m.AddIndex([.. expressions.Select(Members.Path)], unique: true, null));

            public DocumentMappingExpression<T> UniqueIndex(string indexName, params Expression<Func<T, object>>[] expressions) =>
                With(m => m.AddIndex([.. expressions.Select(Members.Path)], unique: true, i => i.Name = indexName));

            public DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType, params Expression<Func<T, object>>[] expressions) =>
                UniqueIndex(indexType, null, expressions);

            public DocumentMappingExpression<T> UniqueIndex(
                UniqueIndexType indexType, string? indexName, params Expression<Func<T, object>>[] expressions)
            {
                if (indexType == UniqueIndexType.DuplicatedField)
                    foreach (var member in expressions) _mapping.Duplicate(Members.Path(member), null);
                return With(m => m.AddIndex([.. expressions.Select(Members.Path)], unique: true, i => i.Name = indexName ?? i.Name));
            }

            public DocumentMappingExpression<T> Duplicate(
                Expression<Func<T, object?>> expression, string? pgType = null, NpgsqlDbType? dbType = null,
                Action<ComputedIndex>? configure = null, bool notNull = false)
            {
                var path = Members.Path(expression);
                return With(m =>
                {
                    m.Duplicate(path, pgType, notNull);
                    m.AddIndex([path], unique: false, configure);
                });
            }

            public DocumentMappingExpression<T> GinIndexJsonData() => With(m => m.GinIndex = true);

            public DocumentMappingExpression<T> UseOptimisticConcurrency(bool enabled) => With(m => m.UseOptimisticConcurrency = enabled);

            public DocumentMappingExpression<T> UseNumericRevisions(bool enabled) => With(m => m.UseNumericRevisions = enabled);

            private DocumentMappingExpression<T> With(Action<DocumentMapping> change)
            {
                change(_mapping);
                return this;
            }
        }
    }
}

namespace Marten.Schema
{
    /// <summary>What a unique index is computed from.</summary>
    public enum UniqueIndexType { DuplicatedField, Computed }

    /// <summary>An index over members of a document.</summary>
    public class ComputedIndex
    {
        internal ComputedIndex(IReadOnlyList<MemberPath> members, bool isUnique) => (Members, IsUnique) = (members, isUnique);

        public string? Name { get; set; }
        public bool IsUnique { get; set; }
        public string? Predicate { get; set; }
        internal IReadOnlyList<MemberPath> Members { get; }
    }
}
