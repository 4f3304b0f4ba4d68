using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Generates a random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Without look-alikes (I, l, 1, O, 0 stay apart in most fonts only when absent) and safe in connection strings.
    private const string LowerLetters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Specials = "-_.{}~()*+!";
    private const int DefaultLength = 22;

    public int MinLength { get; set; } = DefaultLength;
    public bool Lower { get; set; } = true;
    public bool Upper { get; set; } = true;
    public bool Numeric { get; set; } = true;
    public bool Special { get; set; } = true;
    public int MinLower { get; set; }
    public int MinUpper { get; set; }
    public int MinNumeric { get; set; }
    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        (bool Wanted, int Least, string Letters)[] kinds =
            [(Lower, MinLower, LowerLetters), (Upper, MinUpper, UpperLetters), (Numeric, MinNumeric, Digits), (Special, MinSpecial, Specials)];
        if (kinds.Any(k => !k.Wanted && k.Least > 0))
        {
            throw new ArgumentException("A kind of character that is switched off cannot have a minimum.");
        }

        var alphabet = string.Concat(kinds.Where(k => k.Wanted).Select(k => k.Letters));
        if (alphabet.Length == 0)
        {
            throw new ArgumentException("A generated value needs at least one kind of character.");
        }

        var characters = kinds.SelectMany(k => RandomNumberGenerator.GetItems<char>(k.Letters, k.Least)).ToList();
        characters.AddRange(RandomNumberGenerator.GetItems<char>(alphabet, Math.Max(0, MinLength - characters.Count)));
        var value = characters.ToArray();
        RandomNumberGenerator.Shuffle(value.AsSpan());
        return new string(value);
    }
}
