using Expo.Contracts.Registration;
using Expo.Exhibition.Booths;
using Expo.Exhibition.FloorPlans;
using Expo.TestKit;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests;

/// <summary>A running Exhibition on a database of its own, with a clock that a test may move. Each test makes editions and exhibitors for itself.</summary>
public sealed class Fair : IAsyncLifetime
{
    private ServiceApp<Booth>? app;

    /// <summary>The service.</summary>
    public ServiceApp<Booth> App => app!;

    /// <summary>Its clock; noon of 2023-03-01 in Shanghai at first.</summary>
    public ManualClock Clock { get; } = new(Samples.Noon);

    public HttpClient Officer => App.Client(TestCaller.Officer);

    public HttpClient Finance => App.Client(TestCaller.Finance);

    public async ValueTask InitializeAsync() => app = await ServiceApp<Booth>.StartAsync(new ServiceSetup { Clock = Clock });

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    /// <summary>An edition that takes applications until 2023-03-24, with these booths in hall 1.</summary>
    public async Task<string> Edition(params string[] numbers)
    {
        var code = await App.KnowEdition(new EditionDeadline("booth_application", new(2023, 3, 24), "soft"));
        if (numbers.Length > 0)
            await Plan(code, Samples.Plan([.. numbers.Select(number => Samples.Booth(number))]));
        return code;
    }

    /// <summary>Imports a plan, and waits until every booth of it is on the list.</summary>
    public async Task Plan(string edition, Layout layout)
    {
        (await Officer.Put($"{Root(edition)}/floor-plan", layout)).Is(NoContent);
        await Eventually.Is(
            () => App.Client().Get($"{Root(edition)}/booths?limit=200"), list => list.Json.GetProperty("items").GetArrayLength() == layout.Booths.Count);
    }

    /// <summary>Somebody who acts for a verified organisation.</summary>
    public Task<TestCaller> Exhibitor() => App.KnowOrganisation();

    public static string Root(string edition) => $"/api/exhibition/v1/editions/{edition}";

    public static string BoothAt(string edition, string number) => $"{Root(edition)}/booths/{BoothId.Of(edition, "1", number)}";
}

/// <summary>The fair of all tests that let its clock stand; the servers end with it.</summary>
public sealed class SharedFair : IAsyncLifetime
{
    private readonly Servers servers = new();

    public Fair Fair { get; } = new();

    public ValueTask InitializeAsync() => Fair.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Fair.DisposeAsync();
        await servers.DisposeAsync();
    }
}
