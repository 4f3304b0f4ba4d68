using System.ComponentModel.DataAnnotations;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;

namespace Expo.Recruitment.Jobs;

/// <summary>What a job pays.</summary>
/// <param name="Min">The lower end.</param>
/// <param name="Max">The upper end; none: nothing is said.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Period">For how long; schema.org's value.</param>
/// <param name="MonthsPerYear">How many monthly salaries a year has (14薪: 14); 12 unless said otherwise, and of no meaning for other periods.</param>
public sealed record Salary(
    [Needed, RegularExpression(Money.Decimals, ErrorMessage = "Write the amount as a decimal, such as 23.42.")] string Min,
    [RegularExpression(Money.Decimals, ErrorMessage = "Write the amount as a decimal, such as 23.42.")] string? Max,
    [Needed, RegularExpression(Money.Codes, ErrorMessage = "Write the currency as three capitals, such as CNY.")] string Currency,
    [Needed, OneOf("HOUR", "DAY", "WEEK", "MONTH", "YEAR")] string Period,
    [Within(12, 24)] int? MonthsPerYear)
{
    /// <summary>What an end of the range comes to in a year; nothing by the hour, day or week, since no source says how many of them a year has.</summary>
    public Money? Annual(PayEnd end)
    {
        if ((end == PayEnd.Max ? Max ?? Min : Min) is not { } amount)
            return null;
        return Period switch
        {
            "YEAR" => Money.Of(Money.Read(amount), Currency),
            "MONTH" => Money.Of(Money.Read(amount) * (MonthsPerYear ?? 12), Currency),
            _ => null,
        };
    }
}
