// Signatures of Weasel 9.25.1: facts, without a body.

namespace Weasel.Core
{
    public enum Casing { Default, CamelCase, SnakeCase }

    public enum EnumStorage { AsInteger, AsString }
}

namespace Weasel.Postgresql.Tables
{
    public class IndexDefinition
    {
        internal extern IndexDefinition();
        public extern string Name { get; set; }
        public extern bool IsUnique { get; set; }
        public extern string? Predicate { get; set; }
    }
}

namespace Weasel.Storage
{
    public interface IDeletion
    {
        object Document { get; set; }
        object Id { get; set; }
    }
}
