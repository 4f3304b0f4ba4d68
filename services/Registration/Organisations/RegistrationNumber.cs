using Expo.Kernel.Vocabulary;
using Expo.Registration.Vocabulary;

namespace Expo.Registration.Organisations;

/// <summary>The number under which an organisation is registered in its country; on the mainland the unified social credit code (GB 32100-2015).</summary>
public static class RegistrationNumber
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>The one spelling that counts: narrow capitals without spaces.</summary>
    public static string Normalise(string number) =>
        new(WideForms.Narrow(number).Where(c => !char.IsWhiteSpace(c)).Select(char.ToUpperInvariant).ToArray());

    /// <summary>The organisation's id: the same country and number give the same id.</summary>
    public static Guid OrganisationId(string country, string number) => NaturalId.For("organisation", country, Normalise(number));

    /// <summary>Whether a normalised number can be one of this country.</summary>
    public static bool IsValid(string country, string number) => country == Countries.Mainland ? HasCheckDigit(number) : number.Length > 0;

    private static bool HasCheckDigit(string code)
    {
        var values = code.Select(c => Alphabet.IndexOf(c, StringComparison.Ordinal)).ToArray();
        return values.Length == Length
            && !values.Contains(-1)
            && values[^1] == (31 - (Weights.Select((weight, i) => weight * values[i]).Sum() % 31)) % 31;
    }
}
