using Expo.Recruitment.Tests;

[assembly: AssemblyFixture(typeof(SharedMarket))]
