using Expo.Registration.Sessions;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.Sessions;

public sealed class SessionSpecs
{
    private static readonly Guid Id = Guid.CreateVersion7(), Mei = Guid.CreateVersion7();
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionOpened Opened = new(Id, Mei, "first", Noon.AddHours(12));

    [Fact]
    public void Signing_in_opens_a_session_for_a_working_day() =>
        Given<Session>().When(new OpenSession(Id, Mei, "first").Decide, at: Noon).Then(Opened).AndAgainNothing();

    // Not idempotent on purpose: the second use of a token is the sign of a thief.
    [Fact]
    public void A_refresh_token_is_replaced_and_its_second_use_ends_the_session() =>
        Given<Session>(Opened)
            .When(new RefreshSession("first", "second").Decide, at: Noon)
            .Then(new SessionRefreshed(Id, "second"))
            .ThenRefused("session.revoked", new SessionRevoked(Id, SessionEnd.TokenReused))
            .ThenRefused("session.revoked");

    [Fact]
    public void After_a_reuse_the_newest_token_is_dead_too() =>
        Given<Session>(Opened, new SessionRefreshed(Id, "second"), new SessionRevoked(Id, SessionEnd.TokenReused))
            .When(new RefreshSession("second", "third").Decide, at: Noon)
            .ThenRefused("session.revoked");

    [Fact]
    public void A_token_that_was_never_issued_ends_nothing() =>
        Given<Session>(Opened).When(new RefreshSession("guess", "second").Decide, at: Noon).ThenRefused("session.revoked");

    [Fact]
    public void A_session_ends_by_itself() =>
        Given<Session>(Opened).When(new RefreshSession("first", "second").Decide, at: Noon.AddHours(12)).ThenRefused("session.revoked");

    [Fact]
    public void Signing_out_ends_a_session_once() =>
        Given<Session>(Opened).When(new SignOut("first").Decide, at: Noon).Then(new SessionRevoked(Id, SessionEnd.SignedOut)).AndAgainNothing();

    [Fact]
    public void A_stranger_signs_nobody_out() =>
        Given<Session>(Opened).When(new SignOut("guess").Decide, at: Noon).Then();

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    [InlineData("AAAA")]
    public void What_is_no_refresh_token_is_not_read_as_one(string text) => Assert.Null(RefreshToken.Read(text));

    [Fact]
    public void A_refresh_token_names_its_session_and_is_never_the_same()
    {
        var token = RefreshToken.For(Id);
        Assert.Equal(token, RefreshToken.Read(token.Text));
        Assert.NotEqual(token.Hash, RefreshToken.For(Id).Hash);
    }
}
