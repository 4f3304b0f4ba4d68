namespace Weasel.Core
{
    /// <summary>How an enum is written into JSON.</summary>
    public enum EnumStorage { AsInteger, AsString }

    /// <summary>How member names are written into JSON.</summary>
    public enum Casing { Default, CamelCase, SnakeCase }
}

namespace Weasel.Postgresql.Tables
{
    /// <summary>What may be said about an index.</summary>
    public class IndexDefinition
    {
        internal IndexDefinition() { }

        /// <summary>Empty until it is given: then it is made from the table and the members.</summary>
        public string Name { get; set; } = "";
        public bool IsUnique { get; set; }
        public string? Predicate { get; set; }
    }
}

namespace Weasel.Storage
{
    /// <summary>A document that is deleted.</summary>
    public interface IDeletion
    {
        object Document { get; set; }
        object Id { get; set; }
    }
}
