using Expo.Exhibition.Tests;

[assembly: AssemblyFixture(typeof(SharedFair))]
