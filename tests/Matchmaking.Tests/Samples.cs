using Expo.Kernel.Directory;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Interests;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Tests;

/// <summary>A need, a board, and two organisations.</summary>
internal static class Samples
{
    public const string Edition = "ciep_2023";
    public const string Code = "project_cooperation";
    public static readonly DateTimeOffset Noon = new(2023, 3, 1, 4, 0, 0, TimeSpan.Zero); // 12:00 in Shanghai
    public static readonly DateOnly Today = new(2023, 3, 1);

    public static readonly Guid Acme = Guid.CreateVersion7(), NeedA = Guid.CreateVersion7(), Nomination = Guid.CreateVersion7(), Message = Guid.CreateVersion7();
    public static readonly KnownOrganisation Experts = new(Guid.CreateVersion7(), new Text("示例专家组织", "Example Experts"), "expert_organisation", "DE", null, 1);
    public static readonly KnownOrganisation Neighbour = new(Guid.CreateVersion7(), new Text("示例企业"), "enterprise", "CN", "44", 1);
    public static readonly Guid PostingA = BoardPosting.IdOf(Edition, Code, NeedA);
    public static readonly Guid InterestA = ExpressionOfInterest.IdOf(Experts.Id, NeedA);

    public static readonly ListingDrafted Drafted = new(NeedA, Acme, Form());
    public static readonly ListingSubmitted Submitted = new(NeedA);
    public static readonly ListingPublished Published = new(NeedA, Acme, ListingKind.ProjectCooperation, Direction.Request);
    public static readonly ListingMatched Matched = new(NeedA, InterestA, Experts.Id);
    public static readonly ListingClosed Closed = new(NeedA, ClosureReason.Withdrawn);

    public static readonly BoardDefined Defined = new(
        Board.IdOf(Edition, Code), Edition, Code, new Text("项目合作榜", "Project board"), BoardScope.Expo, ["website_top", "main_hall", "every_zone"],
        [ListingKind.ProjectCooperation], [new BoardOrganiser(OrganiserRole.Undertaker, "ciep_centre")]);

    public static readonly PostingNominated Nominated = new(PostingA, Nomination, Edition, Code, NeedA, Acme, Today, Today.AddDays(9), 1);
    public static readonly PostingPosted Posted = new(PostingA, Nomination);
    public static readonly PostingTakenDown Expired = new(PostingA, Nomination, EndPosting.PeriodOver, null);

    public static readonly InterestExpressed Expressed = new(
        InterestA, NeedA, Acme, Experts.Id, [CooperationMode.ResearchCooperation], [ResourceKind.Technology], Message, 12);

    public static readonly InterestViewed Viewed = new(InterestA);
    public static readonly InterestAccepted Accepted = new(InterestA, NeedA, Experts.Id);
    public static readonly InterestDeclined Declined = new(InterestA, DeclineReason.NotSuitable);
    public static readonly InterestWithdrawn Withdrawn = new(InterestA);
    public static readonly InterestLapsed Lapsed = new(InterestA, "listing.closed");

    public static readonly ExpressInterestRequest Answer = new(
        [CooperationMode.ResearchCooperation], [ResourceKind.Technology], "We have coated membranes like these since 2015. 期待合作。");

    public static ListingForm Form() => new(
        ListingKind.ProjectCooperation, ResourceKind.Technology, Direction.Request, new Text("低温固态电池隔膜", "Separator for solid-state batteries"),
        new Text("求低温下稳定的隔膜涂层。", "Wanted: a coating that is stable in the cold."), new Text("低温下循环寿命不足。"), new Text("零下四十度循环五百次。"),
        ["new_materials", "new_energy"], 4, [CooperationMode.TechnologyMatching, CooperationMode.ResearchCooperation],
        new PartnerSought(["research_institute", "expert_organisation"], ["DE", "JP"], OverseasOnly: true), new MoneyRange("500000", "2000000.00", "CNY"),
        new Period(new DateOnly(2023, 6, 1), new DateOnly(2024, 5, 31)), IprStatus.KnowHow, KeyNeedWish: true, Confidentiality.Public, new Text("需要德语翻译。"));

    public static ListingForm Offer() => Form() with { Direction = Direction.Offer, PartnerSought = null };

    public static Listing Need(params object[] history) => history.Aggregate(new Listing(), (need, fact) => need.Evolve(fact));

    public static DefineBoardRequest Define(BoardScope scope = BoardScope.Expo) => new(
        new Text("项目合作榜", "Project board"), scope, ["website_top", "main_hall", "every_zone", "zone:regional", "section:central_soe"], null,
        [new BoardOrganiser(OrganiserRole.Lead, "most_unspecified")]);

    public static NominateNeedRequest Nominate(Guid listing, int rank = 1) => new(listing, Today, Today.AddDays(9), rank);
}
