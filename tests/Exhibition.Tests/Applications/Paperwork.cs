using Expo.Exhibition.Agreements;
using Expo.Exhibition.Applications;
using Expo.Exhibition.Booths;
using Expo.Kernel.Vocabulary;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.Applications;

/// <summary>One exhibitor with one application, and the calls that take it further.</summary>
internal sealed record Paperwork(Fair Fair, string Edition, TestCaller Caller, HttpClient Exhibitor, Guid Id)
{
    public static readonly DateOnly DueOn = new(2023, 3, 20);

    public string Application => $"{Root(Edition)}/booth-applications/{Id}";

    public string Agreement => $"{Root(Edition)}/agreements/{Exhibition.Agreements.Agreement.IdOf(Id)}";

    public static async Task<Paperwork> Submitted(Fair fair, string edition, TestCaller? caller = null)
    {
        caller ??= await fair.Exhibitor();
        var exhibitor = fair.App.Client(caller);
        var answer = (await exhibitor.Post($"{Root(edition)}/booth-applications", Samples.Form())).Is(Created);
        var id = answer.Read<SubmittedApplication>().Id;
        Assert.Equal($"{Root(edition)}/booth-applications/{id}", answer.Headers.Location?.ToString());
        return new Paperwork(fair, edition, caller, exhibitor, id);
    }

    public static async Task<Paperwork> Confirmed(Fair fair, string edition, string number)
    {
        var paperwork = await Submitted(fair, edition);
        await paperwork.Confirm(number);
        await Eventually.Is(() => paperwork.Exhibitor.Get(paperwork.Agreement), answer => answer.Status == OK);
        return paperwork;
    }

    public async Task Confirm(string number) =>
        (await Fair.Officer.Post($"{Application}/confirmation", Confirmation(number))).Is(NoContent);

    public ConfirmApplicationRequest Confirmation(string number) => new(BoothId.Of(Edition, "1", number), Samples.Fee, DueOn);

    public Task<Answer> Pay(HttpClient finance, string amount = "8000.00") =>
        finance.Post($"{Agreement}/payment", new RecordFeePaidRequest(new Money(amount, "CNY"), new DateOnly(2023, 3, 1), "B-1"));

    public async Task SendAndAccept()
    {
        (await Exhibitor.Post($"{Agreement}/signature", new SignAgreementRequest("总经理"))).Is(NoContent);
        (await Exhibitor.Post($"{Agreement}/posting", new PostAgreementRequest("post", "P-1"))).Is(NoContent);
        (await Fair.Officer.Post($"{Agreement}/receipt", new ReceiveAgreementRequest(new DateOnly(2023, 3, 1)))).Is(NoContent);
        (await Fair.Officer.Post($"{Agreement}/acceptance")).Is(NoContent);
    }

    public Task Reaches(ApplicationStatus state) =>
        Eventually.Is(async () => (await Exhibitor.Get(Application)).Is(OK).Read<ListedApplication>().State, seen => seen == state);

    public async Task<ListedBooth> Booth(string number) => (await Fair.Officer.Get(BoothAt(Edition, number))).Is(OK).Read<ListedBooth>();

    public Task BoothReaches(string number, BoothStatus state) => Eventually.Is(async () => (await Booth(number)).State, seen => seen == state);

    public async Task<string[]> History(string of, HttpClient? reader = null) =>
        (await (reader ?? Exhibitor).Get($"{of}/history")).Is(OK).Json.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("event").GetString()!).ToArray();
}
