using Expo.Messaging;
using Expo.Messaging.Tests;
using Expo.Operations;
using Microsoft.AspNetCore.Builder;

namespace Expo.Kernel.Tests.Sample;

/// <summary>The sample service of the kernel's tests, connected to the broker: it tells of its lockers, or, under a name that says so, listens.</summary>
public sealed partial class SampleHost
{
    partial void Connect(WebApplicationBuilder builder)
    {
        builder.AddMessaging(service, messaging =>
        {
            if (service.StartsWith("listener", StringComparison.Ordinal))
                messaging.Listen<NoteVisitWhenLockerWasTaken>();
            else
                messaging.Tell<LockerEvent>(SampleModule.Translate).AddDirectory();
            if (builder.Configuration["Sample:HandOverTo"] is { } recipient)
                messaging.HandOver<LockerTaken, HolderCard>(recipient, e => e.Holder, holder => new VisitorCard(holder.Name));
        });
        builder.AddOperations();
    }

    partial void Serve(Microsoft.AspNetCore.Routing.RouteGroupBuilder api) => api.MapOperations();
}
