using System.Linq.Expressions;
using Marten.Exceptions;
using Marten.Schema;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

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

            public DocumentMappingExpression<T> DatabaseSchemaName(string databaseSchemaName) => With(m => m.SchemaName = databaseSchemaName);

            public DocumentMappingExpression<T> Identity(Expression<Func<T, object>> member) => With(m => m.UseIdentity(Members.Single(member)));

            public DocumentMappingExpression<T> Index(Expression<Func<T, object?>> expression, Action<ComputedIndex>? configure = null) =>
                With(m => m.AddIndex([Members.Path(expression)], new ComputedIndex(), configure));

            public DocumentMappingExpression<T> Index(
                IReadOnlyCollection<Expression<Func<T, object>>> expressions, Action<ComputedIndex>? configure = null) =>
                With(m => m.AddIndex([.. expressions.Select(Members.Path)], new ComputedIndex(), configure));

            public DocumentMappingExpression<T> UniqueIndex(params Expression<Func<T, object>>[] expressions) =>
                Unique(UniqueIndexType.Computed, null, expressions);

            public DocumentMappingExpression<T> UniqueIndex(string indexName, params Expression<Func<T, object>>[] expressions) =>
                Unique(UniqueIndexType.Computed, indexName, expressions);

            public DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType, params Expression<Func<T, object>>[] expressions) =>
                Unique(indexType, null, expressions);

            public DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType, string indexName, params Expression<Func<T, object>>[] expressions) =>
                Unique(indexType, indexName, expressions);

            private DocumentMappingExpression<T> Unique(UniqueIndexType indexType, string? indexName, Expression<Func<T, object>>[] expressions)
            {
                if (indexType == UniqueIndexType.DuplicatedField)
                    foreach (var member in expressions) _mapping.Duplicate(Members.Path(member), null);
                return With(m => m.AddIndex([.. expressions.Select(Members.Path)], new ComputedIndex { IsUnique = true, Name = indexName ?? "" }, null));
            }

            public DocumentMappingExpression<T> Duplicate(
                Expression<Func<T, object?>> expression, string? pgType = null, NpgsqlDbType? dbType = null,
                Action<DocumentIndex>? configure = null, bool notNull = false, bool partOfPrimaryKey = false)
            {
                if (partOfPrimaryKey) throw new InvalidDocumentException($"{typeof(T).Name}: the primary key is the identity alone here.");
                var path = Members.Path(expression);
                return With(m =>
                {
                    m.Duplicate(path, pgType, notNull);
                    m.AddIndex([path], new DocumentIndex(), configure);
                });
            }

            public DocumentMappingExpression<T> GinIndexJsonData(Action<DocumentIndex>? configureIndex = null) =>
                With(m => m.AddIndex([], new DocumentIndex(), configureIndex));

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
    public class ComputedIndex : IndexDefinition
    {
        internal ComputedIndex() { }
    }

    /// <summary>An index over columns of a document's table.</summary>
    public class DocumentIndex : IndexDefinition
    {
        internal DocumentIndex() { }
    }
}
