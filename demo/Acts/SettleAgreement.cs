namespace Expo.Demo.Acts;

/// <summary>The exhibitor signs and posts the agreement, the committee accepts it, its finance officer records the fee, and the booth is allocated.</summary>
internal static class SettleAgreement
{
    public static async Task Play(Stage stage, Organisation exhibitor, Session finance, Booking booking, CancellationToken ct)
    {
        stage.Narrator.Act("协议与缴费", "The agreement and the fee");
        var edition = $"/api/exhibition/v1/editions/{stage.Edition}";
        var agreement = $"{edition}/agreements/{booking.AgreementId}";

        (await exhibitor.Session.Post($"{agreement}/signature", new { signerTitle = "总经理" }, ct)).OrFail();
        (await exhibitor.Session.Post($"{agreement}/posting", new { carrier = "测试快递", trackingNumber = $"TEST-{stage.Run}" }, ct)).OrFail();
        stage.Narrator.Step("The exhibitor signed, stamped and posted it", ("agreement", booking.AgreementId));

        (await stage.Committee.Post($"{agreement}/receipt", new { receivedOn = stage.Today }, ct)).OrFail();
        (await stage.Committee.Post($"{agreement}/acceptance", null, ct)).OrFail();
        stage.Narrator.Step("The committee received and accepted it");

        var payment = new
        {
            paid = new { amount = ApplyForBooth.Fee, currency = ApplyForBooth.Currency },
            paidOn = stage.Today,
            reference = $"TEST-{stage.Run}",
        };
        var byExhibitor = await exhibitor.Session.Post($"{agreement}/payment", payment, ct);
        if (byExhibitor.Accepted)
        {
            throw new DemoFailedException("The exhibitor could record its own payment.");
        }
        stage.Narrator.Step($"The exhibitor may not record its own payment ({(int)byExhibitor.Status} {byExhibitor.Code})");

        (await finance.Post($"{agreement}/payment", payment, ct)).OrFail();
        stage.Narrator.Step("The committee's finance officer recorded the fee as paid");

        await exhibitor.Session.Await<Application>($"{edition}/booth-applications/{booking.ApplicationId}",
            application => application.State == "booth_allocated", ct);
        stage.Narrator.Step("Exhibition allocated the booth", ("booth", booking.BoothId));
    }

    private sealed record Application(string State);
}
