namespace Expo.Demo.Acts;

/// <summary>At the gate, a scanner reads the first pass.</summary>
internal static class CheckIn
{
    private const string Gate = "gate-1";

    public static async Task<Guid> Play(Stage stage, Session gate, Badge badge, CancellationToken ct)
    {
        stage.Narrator.Act("入场核验", "The gate");
        var scan = new { token = badge.Token, gate = Gate };
        var checkedIn = (await gate.Post($"/api/registration/v1/editions/{stage.Edition}/check-ins", scan, ct)).As<Admitted>();
        stage.Narrator.Step($"{Gate} scanned the pass: {checkedIn.Result}", ("pass", checkedIn.PassId), ("check-in", checkedIn.CheckInId));
        return checkedIn.CheckInId;
    }

    private sealed record Admitted(Guid CheckInId, Guid PassId, string Result);
}
