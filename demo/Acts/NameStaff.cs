namespace Expo.Demo.Acts;

/// <summary>The exhibitor adds three people and names them as booth staff; their passes wait for the booth.</summary>
internal static class NameStaff
{
    public static async Task<IReadOnlyList<Guid>> Play(Stage stage, Organisation exhibitor, CancellationToken ct)
    {
        stage.Narrator.Act("展台人员", "The booth staff");
        var people = new List<Guid>();
        foreach (var person in People.Staff)
        {
            var added = (await exhibitor.Session.Post("/api/registration/v1/people", person, ct)).As<Added>().PersonId;
            (await exhibitor.Session.Post($"/api/registration/v1/editions/{stage.Edition}/booth-staff", new { personId = added }, ct)).OrFail();
            people.Add(added);
        }
        stage.Narrator.Step("The exhibitor named its booth staff", [.. people.Select(person => ("person", (object?)person))]);
        stage.Remember("registration", "person", $"people/{people[0]}");
        return people;
    }

    private sealed record Added(Guid PersonId);
}
