using System.Net;
using Expo.Contracts.Exhibition;
using Expo.Registration.Tests.Passes;
using Expo.ServiceDefaults;
using Expo.TestKit;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Expo.Registration.Tests.RegistrationApp;
using MessageHeaders = Expo.Messaging.MessageHeaders;

namespace Expo.Registration.Tests.BoothStaff;

[Trait("needs", "rabbitmq")]
public sealed class BoothAllocatedTests
{
    [Fact]
    [Requirement("R-04")]
    public async Task An_allocated_booth_gives_passes_to_its_staff_once_however_often_it_is_told()
    {
        await using var registration = new RegistrationApp(messaging: true);
        await registration.InitializeAsync();
        var exhibitor = await Exhibitor.In(registration);
        for (var i = 0; i < 4; i++)
            (await exhibitor.Name(await exhibitor.Person())).Is(HttpStatusCode.NoContent);

        var message = Guid.CreateVersion7();
        var told = new BoothAllocated(exhibitor.Edition, Guid.CreateVersion7(), Guid.CreateVersion7(), exhibitor.OrganisationId, "1", "A12", "north");
        for (var i = 0; i < 3; i++)
            await Tell(registration, told, message);

        var passes = await exhibitor.Passes(3);
        var staff = (await exhibitor.Client.Get(exhibitor.Staff)).Json;
        Assert.Equal(3, staff.GetProperty("passPlaces").GetInt32());
        Assert.Equal([true, true, true, false], staff.GetProperty("staff").EnumerateArray().Select(s => s.GetProperty("passId").ValueKind == System.Text.Json.JsonValueKind.String));
        var history = (await exhibitor.Client.Get($"{Api}/booth-staff/{staff.GetProperty("id").GetGuid()}/history")).Json.GetProperty("items").EnumerateArray();
        var counted = Assert.Single(history, e => e.GetProperty("event").GetString() == "booth_counted");
        Assert.Equal(("BoothAllocated", message), (counted.GetProperty("message").GetProperty("name").GetString(), counted.GetProperty("message").GetProperty("id").GetGuid()));
        Assert.Equal(passes.Length, passes.Distinct().Count());
    }

    private static async Task Tell(RegistrationApp registration, BoothAllocated told, Guid id)
    {
        var queue = await registration.App.Services.GetRequiredService<IBusControl>()
            .GetSendEndpoint(new Uri("exchange:registration-issue-passes-when-booth-allocated")); // "queue:" would declare it anew, as a classic one
        await queue.Send(told, context =>
        {
            context.MessageId = id;
            context.Headers.Set(MessageHeaders.Source, "exhibition");
            context.Headers.Set(MessageHeaders.Version, 5L);
            context.Headers.Set(MessageHeaders.Edition, told.EditionCode);
        }, TestContext.Current.CancellationToken);
    }
}
