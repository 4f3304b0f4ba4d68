using Expo.Exhibition.Agreements;
using Expo.Exhibition.Applications;
using Expo.Exhibition.Booths;
using Expo.Exhibition.FloorPlans;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Tests;

/// <summary>An edition with a small plan, two exhibitors and what happens between them.</summary>
internal static class Samples
{
    public const string Edition = "ciep_2023";
    public static readonly DateTimeOffset Noon = new(2023, 3, 1, 4, 0, 0, TimeSpan.Zero); // 12:00 in Shanghai
    public static readonly DateOnly DueOn = new(2023, 3, 20);
    public static readonly DateTimeOffset DueOver = new(2023, 3, 20, 16, 0, 0, TimeSpan.Zero); // 24:00 of that day in Shanghai
    public static readonly Deadline LastDay = new("booth_application", new DateOnly(2023, 3, 24), RuleKind.Soft);
    public static readonly Money Fee = new("8000.00", "CNY");
    public static readonly IReadOnlySet<string> Areas = new HashSet<string> { "comprehensive", "regional", "gba", "west" };

    public static readonly Guid Acme = Guid.CreateVersion7(), Globex = Guid.CreateVersion7(), ApplicationA = Guid.CreateVersion7();
    public static readonly Guid HoldA = Guid.CreateVersion7();
    public static readonly Guid A12 = BoothId.Of(Edition, "1", "A12");
    public static readonly Guid AgreementA = Agreement.IdOf(ApplicationA);

    public static readonly BoothPlanned Planned = new(A12, Edition, 1, "1", "A12", "regional", "gba", 18, BoothKind.Raw, DeliveryMode.Onsite);
    public static readonly BoothReserved Reserved = new(A12, Edition, HoldA, Acme, 1, Noon.AddMinutes(10));
    public static readonly BoothHeldForApplication Held = new(A12, Edition, HoldA, Acme, ApplicationA, null, DueOver);
    public static readonly BoothAllocated Allocated = new(A12, Edition, ApplicationA, Acme, "1", "A12", "regional");

    public static readonly ApplicationSubmitted Submitted = new(ApplicationA, Edition, Acme, Form());
    public static readonly ApplicationConfirmed Confirmed = new(ApplicationA, Edition, Acme, HoldA, A12, Fee, DueOn);

    public static readonly AgreementGenerated Generated = new(
        AgreementA, $"CIEP_2023-1-A12-{AgreementA.ToString("N")[..8].ToUpperInvariant()}", ApplicationA, Edition, Acme, A12, "1", "A12", 18);

    public static readonly FeeInvoiced Invoiced = new(AgreementA, Fee, DueOn);
    public static readonly AgreementSigned Signed = new(AgreementA, "general_manager");
    public static readonly AgreementPosted Posted = new(AgreementA, "post", "P-1");
    public static readonly AgreementReceived Received = new(AgreementA, new DateOnly(2023, 3, 1));
    public static readonly AgreementAccepted Accepted = new(AgreementA);
    public static readonly FeePaid Paid = new(AgreementA, Fee, new DateOnly(2023, 3, 1), "B-1");

    public static Scope Own(Guid organisation) => new(Edition, organisation);

    public static Scope All => Scope.All(Edition);

    public static ApplicationForm Form(params string[] sections) => new(
        sections is [] ? ["gba"] : sections, BoothKind.Raw, 36, null, true, new Text("新能源技术", "New energy technology"), null, 5.5m, true, false, 3, true, false,
        "示例公司", "91440300EXAMPLE0001", Guid.Parse("0190a000-0000-7000-8000-000000000001"), DeliveryMode.Hybrid);

    public static Layout Plan(params PlannedBooth[] booths) => new(
        [
            new Pavilion("comprehensive", new Text("综合馆"),
            [
                new Zone("regional", new Text("区域协调发展展区"), [AreaKind.Government, AreaKind.Enterprise],
                    [new Section("gba", new Text("粤港澳大湾区建设板块")), new Section("west", new Text("西部大开发板块"))]),
            ]),
            new Pavilion("returnee", new Text("海归人才创新创业馆"), []),
        ],
        booths);

    public static PlannedBooth Booth(string number, decimal area = 18, string zone = "regional", string? section = "gba", string hall = "1") =>
        new(hall, number, zone, section, area, BoothKind.Raw, [[0, 0], [6, 0], [6, 3], [0, 3]], null);
}
