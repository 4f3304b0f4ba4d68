using Expo.TestKit;

[assembly: AssemblyFixture(typeof(Servers))]
