using Expo.Forum.Tests;

[assembly: AssemblyFixture(typeof(SharedCongress))]
