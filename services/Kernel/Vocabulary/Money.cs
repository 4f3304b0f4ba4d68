using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Expo.Kernel.Http;

namespace Expo.Kernel.Vocabulary;

/// <summary>An amount of money: a decimal written as text, and an ISO 4217 code.</summary>
public sealed record Money(
    [Needed, RegularExpression(Money.Decimals, ErrorMessage = "Write the amount as a decimal, such as 23.42.")] string Amount,
    [Needed, RegularExpression(Money.Codes, ErrorMessage = "Write the currency as three capitals, such as CNY.")] string Currency)
{
    /// <summary>How an amount is written.</summary>
    public const string Decimals = "^[0-9]{1,10}([.][0-9]{1,2})?$";

    /// <summary>How a currency is written.</summary>
    public const string Codes = "^[A-Z]{3}$";

    /// <summary>So much of a currency.</summary>
    public static Money Of(decimal amount, string currency) => new(amount.ToString("0.##", CultureInfo.InvariantCulture), currency);

    /// <summary>The same value, however it is written: 8000 is 8000.00.</summary>
    public bool IsWorth(Money other) => Currency == other.Currency && Read(Amount) == Read(other.Amount);

    /// <summary>An amount as a number.</summary>
    public static decimal Read(string amount) => decimal.Parse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
