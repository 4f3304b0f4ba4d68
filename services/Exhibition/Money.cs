using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Expo.Kernel.Http;

namespace Expo.Exhibition;

/// <summary>An amount of money: a decimal written as text, and an ISO 4217 code.</summary>
public sealed record Money(
    [Needed, RegularExpression("^[0-9]{1,10}([.][0-9]{1,2})?$", ErrorMessage = "Write the amount as a decimal, such as 23.42.")] string Amount,
    [Needed, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Write the currency as three capitals, such as CNY.")] string Currency)
{
    /// <summary>The same value, however it is written: 8000 is 8000.00.</summary>
    public bool IsWorth(Money other) => Currency == other.Currency && Value(this) == Value(other);

    private static decimal Value(Money money) => decimal.Parse(money.Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
