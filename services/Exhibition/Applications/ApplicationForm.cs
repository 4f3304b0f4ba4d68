using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Expo.Exhibition.FloorPlans;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Applications;

/// <summary>What an exhibitor writes into the booth application form (requirements X-05, A9); stored as it is written.</summary>
/// <param name="Sections">The sections wanted, the dearest first; codes of the floor plan.</param>
/// <param name="Kind">Bare floor or built booths.</param>
/// <param name="AreaM2">How much bare floor.</param>
/// <param name="StandardBooths">How many built booths.</param>
/// <param name="CornerWish">Whether a corner is wished for.</param>
/// <param name="Exhibits">What will be shown.</param>
/// <param name="Equipment">What equipment comes along.</param>
/// <param name="PowerKw">Electric power wished for, in kilowatts.</param>
/// <param name="Network">Whether a network line is wished for.</param>
/// <param name="Water">Whether water is wished for.</param>
/// <param name="StaffPasses">How many passes for booth staff are wished for.</param>
/// <param name="RecruitmentDesk">Whether people will be recruited at the booth .</param>
/// <param name="VirtualBooth">Whether a booth in the virtual hall is wished for.</param>
/// <param name="InvoiceTitle">Whom to invoice.</param>
/// <param name="TaxNumber">That organisation's tax number.</param>
/// <param name="AgreementContact">The person to speak to about the agreement, by id; who that is, Registration knows.</param>
/// <param name="DeliveryMode">On the ground, on the net or both.</param>
public sealed record ApplicationForm(
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(3)] IReadOnlyList<string> Sections,
    [Needed] BoothKind? Kind,
    [Within(1, 10_000)] decimal? AreaM2,
    [Within(1, 100)] int? StandardBooths,
    bool CornerWish,
    [Needed, TextUpTo(500)] Text Exhibits,
    [TextUpTo(500)] Text? Equipment,
    [Within(0, 10_000)] decimal? PowerKw,
    bool Network,
    bool Water,
    [Within(0, 100)] int StaffPasses,
    bool RecruitmentDesk,
    bool VirtualBooth,
    [Needed, LengthUpTo(200)] string InvoiceTitle,
    [Needed, LengthUpTo(32)] string TaxNumber,
    [Needed] Guid? AgreementContact,
    [Needed] DeliveryMode? DeliveryMode)
{
    /// <summary>Whether it says the same, member for member.</summary>
    public bool Says(ApplicationForm? other) => JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);
}
