using System.ComponentModel.DataAnnotations;
using Expo.Kernel.Http;

namespace Expo.Forum;

/// <summary>An amount of money: a decimal written as text, and an ISO 4217 code.</summary>
public sealed record Money(
    [Needed, RegularExpression("^[0-9]{1,10}([.][0-9]{1,2})?$", ErrorMessage = "Write the amount as a decimal, such as 23.42.")] string Amount,
    [Needed, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Write the currency as three capitals, such as CNY.")] string Currency);
