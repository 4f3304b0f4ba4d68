using Expo.Contracts.Registration;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Expo.TestKit;

/// <summary>Tells a service under test of editions and organisations, by the same decisions that Registration's messages lead to.</summary>
public static class DirectoryFeed
{
    private static int count;

    /// <summary>A new edition of 2023 with these deadlines (soft unless made otherwise); returns its code.</summary>
    public static async Task<string> KnowEdition<TService>(this ServiceApp<TService> app, params EditionDeadline[] deadlines) where TService : class
    {
        var code = $"ciep_t{Interlocked.Increment(ref count)}";
        var message = new EditionAnnounced(code, 21, 2023, "hybrid", "交流大会", "CIEP", [new(2023, 4, 15)], [], [], deadlines);
        await app.Decide<TService, KnownEdition, KnownEditionEvent>(KnownEdition.IdOf(code), new KeepEdition(message, 1).Decide);
        return code;
    }

    /// <summary>Somebody who acts for a new verified organisation.</summary>
    /// <param name="app">The service.</param>
    /// <param name="kind">What the organisation is, a code of requirement X-21.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    public static async Task<TestCaller> KnowOrganisation<TService>(this ServiceApp<TService> app, string kind = "enterprise", string country = "CN")
        where TService : class
    {
        var organisation = Guid.CreateVersion7();
        var message = new OrganisationVerified(organisation, "示例单位", "Example Ltd", kind, country, country == "CN" ? "44" : null);
        await app.Decide<TService, KnownOrganisation, KnownOrganisationEvent>(organisation, new KeepOrganisation(message, 1).Decide);
        return TestCaller.Organisation(organisation);
    }

    /// <summary>Decides on a stream of the service's own, as a message or a timer would.</summary>
    public static async Task Decide<TService, TState, TEvent>(this ServiceApp<TService> app, Guid id, Func<TState, DateTimeOffset, Decision<TEvent>> decide)
        where TService : class
        where TState : class, IState<TState>, new()
        where TEvent : class
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Streams>().Decide(id, decide, TestContext.Current.CancellationToken).MustAccept();
    }
}
