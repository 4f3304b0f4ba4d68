// Signatures of Weasel.Core 9.25.1: facts, without a body.
namespace Weasel.Core;

public enum Casing { Default, CamelCase, SnakeCase }

public enum EnumStorage { AsInteger, AsString }
