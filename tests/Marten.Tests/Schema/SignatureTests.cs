using Expo.Marten.Tests.Setup;
using Marten;

namespace Expo.Marten.Tests.Schema;

/// <summary>What the services compile against: every public signature, so that a change of one is seen and compared with the real package.</summary>
public sealed class SignatureTests
{
    [Fact]
    public void The_public_signatures_are_as_listed() => Golden.Equal("signatures.txt", Signatures.Of(typeof(IDocumentStore).Assembly));
}
