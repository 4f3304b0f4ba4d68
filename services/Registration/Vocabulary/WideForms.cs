namespace Expo.Registration.Vocabulary;

/// <summary>Full-width forms, as Chinese input methods write them, are the same letters and digits.</summary>
public static class WideForms
{
    private const int FromWideToNarrow = 0xFEE0;

    /// <summary>The text with full-width letters, digits and signs made narrow, and the ideographic space a space.</summary>
    public static string Narrow(string text) => string.Create(text.Length, text, (narrow, wide) =>
    {
        for (var i = 0; i < wide.Length; i++)
            narrow[i] = wide[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(wide[i] - FromWideToNarrow),
                '\u3000' => ' ',
                var other => other,
            };
    });
}
