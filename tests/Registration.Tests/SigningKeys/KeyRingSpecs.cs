using Expo.Registration.SigningKeys;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.SigningKeys;

public sealed class KeyRingSpecs
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_key_is_made_once() =>
        Given<KeyRing>().When(Add("a", rotate: false).Decide, at: Noon).Then(Added("a", Noon)).AndAgainNothing();

    [Fact]
    public void An_instance_that_comes_second_uses_the_first_ones_key() =>
        Given<KeyRing>(Added("a", Noon)).When(Add("b", rotate: false).Decide, at: Noon).Then();

    [Fact]
    public void A_key_is_replaced_once_while_the_next_one_does_not_sign_yet() =>
        Given<KeyRing>(Added("a", Noon))
            .When(Add("b", rotate: true).Decide, at: Noon.AddDays(1))
            .Then(Added("b", Noon.AddDays(1)))
            .AndAgainNothing();

    [Fact]
    public void A_new_key_signs_only_after_it_was_published_for_a_while()
    {
        var ring = Ring(KeyPurpose.AccessTokens);
        Assert.Equal("a", ring.Signing(Noon).Kid);
        Assert.Equal("a", ring.Signing(Noon.AddDays(1) + KeyRing.Announced - TimeSpan.FromTicks(1)).Kid);
        Assert.Equal("b", ring.Signing(Noon.AddDays(1) + KeyRing.Announced).Kid);
    }

    [Fact]
    public void A_replaced_key_is_published_until_its_access_tokens_have_ended()
    {
        var ring = Ring(KeyPurpose.AccessTokens);
        Assert.Equal(["a", "b"], ring.Published(Noon.AddDays(1).AddMinutes(10)).Select(key => key.Kid));
        Assert.Equal(["b"], ring.Published(Noon.AddDays(1).AddMinutes(11)).Select(key => key.Kid));
    }

    [Fact]
    public void A_replaced_pass_key_is_published_for_good() =>
        Assert.Equal(["a", "b"], Ring(KeyPurpose.Passes).Published(Noon.AddYears(1)).Select(key => key.Kid));

    [Fact]
    public void A_signature_holds_for_its_key_and_for_every_bit_of_the_token()
    {
        var (key, other) = (NewKey.Create(), NewKey.Create());
        var token = CompactJws.Sign("""{"alg":"ES256"}""", "payload"u8, key.Private);

        Assert.Equal("payload"u8.ToArray(), CompactJws.Verify(token, """{"alg":"ES256"}""", Public(key)));
        Assert.Null(CompactJws.Verify(token, """{"alg":"none"}""", Public(key)));
        Assert.Null(CompactJws.Verify(token, """{"alg":"ES256"}""", Public(other)));
        for (var i = 0; i < token.Length; i++)
        {
            var flipped = token[..i] + (char)(token[i] ^ 1) + token[(i + 1)..];
            Assert.Null(CompactJws.Verify(flipped, """{"alg":"ES256"}""", Public(key)));
        }
    }

    private static AddSigningKey Add(string kid, bool rotate) => new(KeyPurpose.Passes, Guid.Empty, kid, "x", "y", rotate);

    private static SigningKeyAdded Added(string kid, DateTimeOffset at, KeyPurpose purpose = KeyPurpose.Passes) =>
        new(KeyRing.IdOf(purpose), purpose, Guid.Empty, kid, "x", "y", at);

    private static KeyRing Ring(KeyPurpose purpose) =>
        new KeyRing().Evolve(Added("a", Noon, purpose)).Evolve(Added("b", Noon.AddDays(1), purpose));

    private static PublicKey Public(NewKey key) => new(key.Id, key.Kid, key.X, key.Y, Noon);
}
