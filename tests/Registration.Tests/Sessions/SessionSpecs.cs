using Expo.Kernel.Personal;
using Expo.Registration.Sessions;
using static Expo.TestKit.Spec;

namespace Expo.Registration.Tests.Sessions;

public sealed class SessionSpecs
{
    private static readonly Guid Id = Guid.CreateVersion7(), Mei = Guid.CreateVersion7();
    private static readonly DateTimeOffset Noon = new(2027, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionOpened Opened = new(Id, Mei, "first", Noon.AddHours(12), Noon, 2);

    [Fact]
    public void Signing_in_opens_a_session_for_a_working_day() =>
        Given<Session>().When(new OpenSession(Id, Mei, "first", 2).Decide, at: Noon).Then(Opened).AndAgainNothing();

    [Fact]
    public void A_refresh_token_is_replaced_and_two_tabs_that_come_at_once_get_the_same_one() =>
        Given<Session>(Opened).When(new RefreshSession("first", "second", 2).Decide, at: Noon).Then(new SessionRefreshed(Id, "second", Noon)).AndAgainNothing();

    // The second use of a token is the sign of a thief.
    [Theory]
    [InlineData(30)]
    [InlineData(3000)]
    public void A_token_that_comes_again_later_ends_the_session(int seconds) =>
        Given<Session>(Opened, new SessionRefreshed(Id, "second", Noon))
            .When(new RefreshSession("first", "second", 2).Decide, at: Noon.AddSeconds(seconds))
            .ThenRefused("session.revoked", new SessionRevoked(Id, SessionEnd.TokenReused))
            .ThenRefused("session.revoked");

    [Fact]
    public void A_token_older_than_the_last_ends_the_session_however_soon_it_comes() =>
        Given<Session>(Opened, new SessionRefreshed(Id, "second", Noon), new SessionRefreshed(Id, "third", Noon))
            .When(new RefreshSession("first", "second", 2).Decide, at: Noon)
            .ThenRefused("session.revoked", new SessionRevoked(Id, SessionEnd.TokenReused));

    [Fact]
    public void A_session_refreshed_before_the_time_was_kept_has_no_grace() =>
        Given<Session>(Opened, new SessionRefreshed(Id, "second"))
            .When(new RefreshSession("first", "second", 2).Decide, at: Noon)
            .ThenRefused("session.revoked", new SessionRevoked(Id, SessionEnd.TokenReused));

    [Fact]
    public void After_a_reuse_the_newest_token_is_dead_too() =>
        Given<Session>(Opened, new SessionRefreshed(Id, "second", Noon), new SessionRevoked(Id, SessionEnd.TokenReused))
            .When(new RefreshSession("second", "third", 2).Decide, at: Noon)
            .ThenRefused("session.revoked");

    [Fact]
    public void A_token_that_was_never_issued_ends_nothing() =>
        Given<Session>(Opened).When(new RefreshSession("guess", "second", 3).Decide, at: Noon).ThenRefused("session.revoked");

    [Fact]
    public void A_session_ends_by_itself() =>
        Given<Session>(Opened).When(new RefreshSession("first", "second", 2).Decide, at: Noon.AddHours(12)).ThenRefused("session.revoked");

    [Fact]
    [Requirement("R-01")]
    public void A_session_from_before_a_sign_out_everywhere_is_over() =>
        Given<Session>(Opened)
            .When(new RefreshSession("first", "second", 3).Decide, at: Noon)
            .ThenRefused("session.revoked", new SessionRevoked(Id, SessionEnd.SignedOutEverywhere))
            .ThenRefused("session.revoked");

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

    [Fact]
    public void The_next_refresh_token_follows_from_this_one_and_the_master_key()
    {
        var token = RefreshToken.For(Id);
        var next = token.Next(new MasterKey("one master key"));
        Assert.Equal(next, RefreshToken.Read(next.Text));
        Assert.Equal(next, token.Next(new MasterKey("one master key")));
        Assert.Equal(4, new HashSet<string> { token.Hash, next.Hash, token.Next(new MasterKey("another")).Hash, next.Next(new MasterKey("one master key")).Hash }.Count);
    }
}
