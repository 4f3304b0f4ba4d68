namespace Expo.Demo.Acts;

/// <summary>A pass with what its QR says, and the picture of it.</summary>
internal sealed record Badge(Guid PassId, string Token, string Picture);

/// <summary>Registration hears of the allocated booth and issues a pass to each of the staff; the exhibitor hands them out.</summary>
internal static class IssuePasses
{
    public static async Task<IReadOnlyList<Badge>> Play(Stage stage, Organisation exhibitor, IReadOnlyList<Guid> people, CancellationToken ct)
    {
        stage.Narrator.Act("参展商证件", "The exhibitor passes");
        var staff = await exhibitor.Session.Await<StaffList>($"/api/registration/v1/editions/{stage.Edition}/booth-staff",
            list => list.Staff.Count(member => member.PassId is not null) == people.Count, ct);
        stage.Narrator.Step("Registration heard of the booth (BoothAllocated) and gave each of them a pass place", ("list", staff.Id));
        stage.Remember("registration", "booth staff", $"booth-staff/{staff.Id}");

        var folder = Directory.CreateTempSubdirectory("expo-demo-").FullName;
        var badges = new List<Badge>();
        foreach (var passId in staff.Staff.Select(member => member.PassId!.Value))
        {
            badges.Add(await HandOut(stage, exhibitor.Session, passId, folder, ct));
        }
        return badges;
    }

    private static async Task<Badge> HandOut(Stage stage, Session exhibitor, Guid passId, string folder, CancellationToken ct)
    {
        var path = $"/api/registration/v1/passes/{passId}";
        var pass = await exhibitor.Await<Pass>(path, _ => true, ct);
        (await exhibitor.Post($"{path}/activation", null, ct)).OrFail();
        var picture = Path.Combine(folder, $"pass-{passId}.png");
        await File.WriteAllBytesAsync(picture, await exhibitor.Download($"{path}/qr", "image/png", ct), ct);
        stage.Narrator.Step("A pass was issued and handed out", ("pass", passId), ("QR", picture));
        stage.Remember("registration", "pass", $"passes/{passId}");
        return new Badge(passId, pass.Token, picture);
    }

    private sealed record StaffList(Guid Id, IReadOnlyList<Member> Staff);

    private sealed record Member(Guid? PassId);

    private sealed record Pass(string Token);
}
