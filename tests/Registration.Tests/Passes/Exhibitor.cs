using System.Net;
using Expo.Kernel;
using Expo.Registration.BoothStaff;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static Expo.Registration.Tests.RegistrationApp;

namespace Expo.Registration.Tests.Passes;

/// <summary>An exhibitor in an edition, with what it takes to get from a booth to a pass.</summary>
public sealed class Exhibitor(RegistrationApp registration, string edition)
{
    private readonly Guid organisation = Guid.CreateVersion7();

    public Guid OrganisationId => organisation;

    public string Edition => edition;

    public string Staff => $"{Api}/editions/{edition}/booth-staff";

    public HttpClient Client { get; private set; } = null!;

    public static async Task<Exhibitor> In(RegistrationApp registration, string? edition = null)
    {
        var exhibitor = new Exhibitor(registration, edition ?? await registration.AnnouncedEdition());
        exhibitor.Client = registration.App.Client(TestCaller.Organisation(exhibitor.organisation));
        return exhibitor;
    }

    public async Task<Guid> Person(string nameZh = "测试丁", string nameEn = "Test D") =>
        (await Client.Post($"{Api}/people", new { nameZh, nameEn, phone = "000 5550 0100", email = "someone@example.org", title = "经理" }))
            .Is(HttpStatusCode.Created).Json.GetProperty("personId").GetGuid();

    public Task<Answer> Name(Guid person) => Client.Post(Staff, new { personId = person });

    /// <summary>What the consumer of BoothAllocated decides.</summary>
    public async Task AllocateBooth(int places = 3)
    {
        await using var scope = registration.App.Services.CreateAsyncScope();
        var command = new CountBooth(edition, organisation, Guid.CreateVersion7(), Guid.CreateVersion7(), places);
        var outcome = await scope.ServiceProvider.GetRequiredService<Streams>().Decide<StaffRoster, StaffRosterEvent>(
            StaffRoster.IdOf(edition, organisation), command.Decide, TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted);
    }

    /// <summary>The passes, once there are so many.</summary>
    public Task<Guid[]> Passes(int count) => Eventually.Is(
        async () => (await Client.Get($"{Api}/passes")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(pass => pass.GetProperty("id").GetGuid()).ToArray(),
        passes => passes.Length == count);

    /// <summary>One pass, handed to its holder, with its token.</summary>
    public async Task<(Guid Id, string Token)> ActivePass()
    {
        (await Name(await Person())).Is(HttpStatusCode.NoContent);
        await AllocateBooth();
        var pass = (await Passes(1)).Single();
        (await Client.Post($"{Api}/passes/{pass}/activation")).Is(HttpStatusCode.NoContent);
        return (pass, (await Client.Get($"{Api}/passes/{pass}")).Is(HttpStatusCode.OK).Json.GetProperty("token").GetString()!);
    }
}
