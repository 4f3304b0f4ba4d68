using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Registration.Passes;

namespace Expo.Registration.BoothStaff;

/// <summary>Who works at an exhibitor's booths, and the passes that come with them.</summary>
public static class BoothStaffModule
{
    /// <summary>What is stored. A place that is taken makes a pass due at once, in a transaction of its own.</summary>
    public static EventStoreBuilder AddBoothStaff(this EventStoreBuilder store) => store
        .Stream<StaffRoster>()
        .Event<BoothCounted>("booth_counted")
        .Event<StaffNamed>("staff_named")
        .Event<PassPlaceTaken>("pass_place_taken")
        .Timers<PassPlaceTaken>((e, now) => [DueNow(new PassWanted(e.EditionCode, e.OrganisationId, e.PersonId), now)]);

    private static Due DueNow(PassWanted wanted, DateTimeOffset now) => new(now, wanted.PassId, wanted);

    /// <summary>What is heard.</summary>
    public static MessagingBuilder AddBoothStaff(this MessagingBuilder messaging) => messaging.Listen<IssuePassesWhenBoothAllocated>();

    /// <summary>What is served.</summary>
    public static void MapBoothStaff(this RouteGroupBuilder api)
    {
        var staff = api.MapGroup("/editions/{edition}/booth-staff").WithTags("Booth staff");
        NameBoothStaffEndpoint.Map(staff);
        StaffListEndpoint.Map(staff);
        api.MapGroup("/booth-staff").WithTags("Booth staff").MapHistory<StaffRoster>(
            "GetBoothStaffHistory", StaffRoster.Unknown,
            (roster, caller) => roster.OrganisationId == caller.OrganisationId || caller.Is(Kernel.Http.Roles.CommitteeOfficer));
    }
}
