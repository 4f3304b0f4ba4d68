using Expo.Forum.Proposals;
using Expo.Forum.RoomDays;
using Expo.Forum.Rooms;
using Expo.Forum.Series;
using Expo.Kernel.Vocabulary;

namespace Expo.Forum.Tests;

/// <summary>An edition with a small plan of rooms, a series, two proposers and what happens between them.</summary>
internal static class Samples
{
    public const string Edition = "ciep_2023";
    public static readonly DateTimeOffset Noon = new(2023, 3, 1, 4, 0, 0, TimeSpan.Zero); // 12:00 in Shanghai
    public static readonly DateTimeOffset Late = new(2023, 3, 10, 16, 0, 0, TimeSpan.Zero); // 24:00 of the last day in Shanghai
    public static readonly DateOnly OpenDay = new(2023, 4, 15);
    public static readonly Guid Acme = Guid.CreateVersion7(), Globex = Guid.CreateVersion7(), ProposalA = Guid.CreateVersion7(), SpeakerA = Guid.CreateVersion7();
    public static readonly Guid BookingA = Guid.CreateVersion7(), Desk = Guid.CreateVersion7(), RoomDayA = RoomDay.IdOf(Edition, "five-01", OpenDay);

    public static readonly ForumCalendar Calendar = new(
        [OpenDay, OpenDay.AddDays(1)], new Deadline("forum_proposal", new(2023, 3, 10), RuleKind.Hard), new Deadline("forum_venue", new(2023, 3, 10), RuleKind.Hard), 30);

    public static readonly ForumCalendar SoftCalendar = Calendar with
    {
        Proposals = Calendar.Proposals! with { Kind = RuleKind.Soft }, Venues = Calendar.Venues! with { Kind = RuleKind.Soft },
    };

    public static readonly SeriesDefinition RuralForum = new(
        ForumTier.Parallel, new Text("示例乡村振兴论坛", "Example Rural Revitalisation Forum"), 3, [new Organiser(OrganiserRole.Undertaker, new Text("示例单位"))]);

    public static readonly RoomLayout TwoRooms = new(
        RoomPlanSource.Synthetic,
        [new RoomVenue("szcec", new Text("深圳会展中心", "Shenzhen Convention and Exhibition Center"))],
        [
            new PlannedRoom("five-01", "szcec", new Text("五楼01厅", "Room 5-01"), 200, 5),
            new PlannedRoom("six-01", "szcec", new Text("六楼01厅", "Room 6-01"), 60, 6),
        ]);

    public static readonly NameSpeakerRequest Speaker = new("示例嘉宾", "Example Speaker", "示例研究所所长", "CN", SpeechKind.Keynote, false);

    public static readonly ProposalDrafted Drafted = new(ProposalA, Edition, Acme, Form());
    public static readonly SpeakerNamed Named = new(ProposalA, SpeakerA, SpeechKind.Keynote, false);
    public static readonly ProposalSubmitted Submitted = new(ProposalA, Edition, Acme, WorkingGroup.Shenzhen);
    public static readonly ProposalReviewStarted Started = new(ProposalA);
    public static readonly ProposalContentCleared Cleared = new(ProposalA);
    public static readonly ProposalAccepted Accepted = new(ProposalA, Edition, Acme, null);
    public static readonly Slot Morning = new(OpenDay, new(9, 0), new(12, 0));
    public static readonly GivenRoom MorningRoom = new(RoomDayA, BookingA, "five-01", Morning);
    public static readonly RoomBooked Booked = new(RoomDayA, Edition, "five-01", BookingA, ProposalA, Acme, Morning, null);

    public static ProposalReader ByAcme => new(Edition, Acme, [], false);

    public static ProposalReader ByGlobex => new(Edition, Globex, [], false);

    public static ProposalReader ByShenzhen => new(Edition, null, [WorkingGroup.Shenzhen], false);

    public static ProposalReader ByBeijing => new(Edition, null, [WorkingGroup.Beijing], false);

    public static ProposalReader ByOfficer => new(Edition, null, [], true);

    public static ProposalForm Form(WorkingGroup group = WorkingGroup.Shenzhen, DateOnly? day = null, int audience = 150) => new(
        group, new Text("示例论坛", "Example Forum"), ForumTier.Parallel, null, null,
        [new Organiser(OrganiserRole.Host, new Text("示例单位", "Example Ltd")), new Organiser(OrganiserRole.Partner, new Text("示例协会"))],
        new Text("交流经验", "To exchange experience"), [ForumTopic.RuralRevitalisation, ForumTopic.TalentExchange], null, SessionFormat.Seminar,
        [new AgendaItem(new(9, 0), 15, new Text("致辞", "Addresses")), new AgendaItem(new(9, 15), 120, new Text("主旨演讲", "Keynotes"))],
        audience, ["zh", "en"], Interpreting.Simultaneous, new PreferredSlot(day ?? OpenDay, new(9, 0), new(12, 0)), 200, DeliveryMode.Hybrid, true,
        new Text("媒体报道"), new Money("120000.00", "CNY"), new ContentAnswers(true, false, null));
}
