namespace Weasel.Core;

/// <summary>How an enum is written into JSON.</summary>
public enum EnumStorage { AsInteger, AsString }

/// <summary>How member names are written into JSON.</summary>
public enum Casing { Default, CamelCase, SnakeCase }
