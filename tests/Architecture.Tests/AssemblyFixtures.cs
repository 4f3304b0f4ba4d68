using Expo.Architecture.Tests.Http;

[assembly: AssemblyFixture(typeof(RunningServices))]
