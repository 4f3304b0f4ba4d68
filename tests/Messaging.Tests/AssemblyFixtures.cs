using Expo.Messaging.Tests;
using Expo.TestKit;

[assembly: AssemblyFixture(typeof(Servers))]
[assembly: AssemblyFixture(typeof(Stage.End))]
// They wait more than they work.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
