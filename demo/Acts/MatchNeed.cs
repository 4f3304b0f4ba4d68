namespace Expo.Demo.Acts;

/// <summary>An organisation publishes a need, the committee puts it on a board, and an expert organisation from overseas answers it (M-02, M-11, M-03).</summary>
internal static class MatchNeed
{
    private const string Board = "project_cooperation";

    /// <summary>Returns the need and the answer to it.</summary>
    public static async Task<(Guid Listing, Guid Interest)> Play(Stage stage, Organisation owner, CancellationToken ct)
    {
        stage.Narrator.Act("需求与榜单", "A need, a board and an answer");
        var boards = $"/api/matchmaking/v1/editions/{stage.Edition}/boards";
        foreach (var board in stage.Fixture.MatchBoards)
        {
            (await stage.Committee.Put($"{boards}/{board.Code}", new
            {
                name = new { board.Zh }, board.Scope, board.Placements, organisers = board.Organisers.Select(organiser => new { organiser.Role, organiser.Org }),
            }, ct)).OrFail();
        }

        var listing = (await owner.Session.Post("/api/matchmaking/v1/listings", Need(), ct, "organisation.not_verified")).As<Made>().Id;
        (await owner.Session.Post($"/api/matchmaking/v1/listings/{listing}/publication", null, ct)).OrFail();
        stage.Narrator.Step("The exhibitor published a need", ("listing", listing));
        stage.Remember("matchmaking", "need", $"listings/{listing}");

        var rank = Random.Shared.Next(1, 1_000);
        var posting = (await stage.Committee.Post($"{boards}/{Board}/postings", new { listingId = listing, from = stage.Today, until = stage.Today.AddDays(60), rank }, ct))
            .As<Made>().Id;
        await stage.Committee.Await<Posting>($"{boards}/{Board}/postings/{posting}", found => found.State == "posted", ct);
        stage.Narrator.Step("The committee put it on the board of project cooperation", ("posting", posting));
        stage.Remember("matchmaking", "posting", $"editions/{stage.Edition}/boards/{Board}/postings/{posting}");

        var experts = await SignUpOrganisation.Play(stage, "experts", "测试海外专家组织", "Test Experts Overseas", "expert_organisation", ct, country: "DE");
        var interest = (await experts.Session.Post($"/api/matchmaking/v1/listings/{listing}/interests", new
        {
            cooperationModes = (string[])["technology_matching"], offers = (string[])["technology", "talent"], message = People.Message,
        }, ct, "organisation.not_verified")).As<Made>().Id;
        stage.Narrator.Step("An expert organisation from overseas answered it", ("interest", interest));

        (await owner.Session.Post($"/api/matchmaking/v1/interests/{interest}/acceptance", null, ct)).OrFail();
        await owner.Session.Await<Listing>($"/api/matchmaking/v1/listings/{listing}", found => found.State == "matched", ct);
        stage.Narrator.Step("The exhibitor accepted, and the need is matched", ("listing", listing));
        return (listing, interest);
    }

    private static object Need() => new
    {
        kind = "project_cooperation",
        resourceKind = "technology",
        direction = "request",
        title = new { zh = "低碳水泥工艺", en = "Low-carbon cement" },
        summary = new { zh = "寻求低碳水泥生产工艺的合作方。", en = "Looks for a partner in making cement with less carbon." },
        fields = (string[])["green_low_carbon"],
        stage = 5,
        cooperationModes = (string[])["technology_matching", "research_cooperation"],
        partnerSought = new { kinds = (string[])["expert_organisation"], overseasOnly = true },
        keyNeedWish = true,
        confidentiality = "public",
    };

    private sealed record Made(Guid Id);

    private sealed record Posting(string State);

    private sealed record Listing(string State);
}
