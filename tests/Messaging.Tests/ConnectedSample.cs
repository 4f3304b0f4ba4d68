using Expo.Messaging;
using Microsoft.AspNetCore.Builder;

namespace Expo.Kernel.Tests.Sample;

/// <summary>The sample service of the kernel's tests, connected to the broker.</summary>
public sealed partial class SampleHost
{
    partial void Connect(WebApplicationBuilder builder) =>
        builder.AddMessaging(service, messaging => messaging.Tell<LockerEvent>(SampleModule.Translate).AddDirectory());
}
