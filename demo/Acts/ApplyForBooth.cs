namespace Expo.Demo.Acts;

/// <summary>What the exhibitor is promised.</summary>
internal sealed record Booking(Guid ApplicationId, Guid BoothId, Guid AgreementId);

/// <summary>The exhibitor reserves a free booth and applies for it; the committee confirms, and the agreement is drawn up.</summary>
internal static class ApplyForBooth
{
    public const string Fee = "12000.00";
    public const string Currency = "CNY";
    private const string Zone = "regional";

    public static async Task<Booking> Play(Stage stage, Organisation exhibitor, Guid contact, CancellationToken ct)
    {
        stage.Narrator.Act("参展申请", "The booth application");
        var edition = $"/api/exhibition/v1/editions/{stage.Edition}";
        var booth = await Reserve(stage, exhibitor.Session, edition, ct);
        stage.Narrator.Step("Exhibition heard that it is verified (OrganisationVerified), and the exhibitor reserved a booth", ("booth", booth.Id), ("hall", booth.Hall), ("number", booth.Number));
        stage.Remember("exhibition", "booth", $"editions/{stage.Edition}/booths/{booth.Id}");

        var application = (await exhibitor.Session.Post($"{edition}/booth-applications", Form(booth.Section ?? booth.Zone, contact), ct)).As<Submitted>().Id;
        stage.Narrator.Step("The exhibitor applied", ("application", application));
        stage.Remember("exhibition", "application", $"editions/{stage.Edition}/booth-applications/{application}");

        var confirmation = new { boothId = booth.Id, fee = new { amount = Fee, currency = Currency }, feeDueOn = stage.Today.AddDays(14) };
        (await stage.Committee.Post($"{edition}/booth-applications/{application}/confirmation", confirmation, ct)).OrFail();
        stage.Narrator.Step("The committee confirmed it", ("booth", booth.Id), ("fee", $"{Currency} {Fee}"), ("due", $"{confirmation.feeDueOn:yyyy-MM-dd}"));

        var agreement = (await exhibitor.Session.Get<Application>($"{edition}/booth-applications/{application}", ct)).AgreementId
            ?? throw new DemoFailedException($"The application {application} is confirmed but has no agreement.");
        await exhibitor.Session.Await<Agreement>($"{edition}/agreements/{agreement}", _ => true, ct);
        stage.Narrator.Step("Exhibition drew up the agreement and invoiced the fee", ("agreement", agreement));
        stage.Remember("exhibition", "agreement", $"editions/{stage.Edition}/agreements/{agreement}");
        return new Booking(application, booth.Id, agreement);
    }

    // Somebody may be quicker; then the next free booth will do.
    private static async Task<Booth> Reserve(Stage stage, Session exhibitor, string edition, CancellationToken ct)
    {
        while (true)
        {
            var free = await exhibitor.Await<Page<Booth>>($"{edition}/booths?zone={Zone}&state=free&limit=50", page => page.Items.Count > 0, ct);
            foreach (var booth in free.Items)
            {
                var answer = (await exhibitor.Post($"{edition}/booths/{booth.Id}/reservation", null, ct, notYet: "organisation.not_verified")).OrFail("booth.taken");
                if (answer.Accepted)
                {
                    return booth;
                }
            }
        }
    }

    private static object Form(string section, Guid contact) => new
    {
        sections = new[] { section },
        kind = "standard",
        standardBooths = 1,
        cornerWish = false,
        exhibits = new { zh = "科技成果展示", en = "Results of research" },
        powerKw = 3.5m,
        network = true,
        water = false,
        staffPasses = People.Staff.Count,
        recruitmentDesk = true,
        virtualBooth = true,
        invoiceTitle = "测试科技公司",
        taxNumber = "000000000000000000",
        agreementContact = contact,
        deliveryMode = "hybrid",
    };

    private sealed record Booth(Guid Id, string Hall, string Number, string Zone, string? Section);

    private sealed record Submitted(Guid Id);

    private sealed record Application(Guid? AgreementId);

    private sealed record Agreement(Guid Id);
}
