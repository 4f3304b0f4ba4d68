using Expo.Matchmaking.Tests;

[assembly: AssemblyFixture(typeof(SharedMarket))]
