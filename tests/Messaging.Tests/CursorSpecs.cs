using Expo.Messaging.Listening;

namespace Expo.Messaging.Tests;

/// <summary>How far a queue has heard a source.</summary>
public sealed class CursorSpecs
{
    private static readonly DateTimeOffset Noon = new(2023, 4, 15, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Cursor New = Cursor.New("forum-keep", "registration", "Expo:Told");

    [Fact]
    public void It_moves_over_what_came_in_any_order_and_stands_before_a_hole()
    {
        var cursor = New.Heard([new(4, 9), new(0, 4)]).Heard([new(12, 15), new(15, 20)]);
        Assert.Equal(9, cursor.Position);
        Assert.Equal([new Span(12, 20)], cursor.Ahead);

        cursor = cursor.Heard([new(4, 9), new(9, 12)]);
        Assert.Equal(20, cursor.Position);
        Assert.Empty(cursor.Ahead);
    }

    [Fact]
    public void Any_order_of_any_spans_comes_to_the_same()
    {
        var random = new Random(20230415);
        for (var round = 0; round < 200; round++)
        {
            var links = Enumerable.Range(0, 40).Select(n => new Span(n * 3, (n + 1) * 3)).Where(_ => random.Next(10) > 0).ToArray();
            var at = links.TakeWhile((link, n) => link.After == n * 3).Select(link => link.UpTo).LastOrDefault();
            var mixed = links.Concat(links.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(mixed);
            var cursor = mixed.Chunk(random.Next(1, 9)).Aggregate(New, (known, some) => known.Heard(some));

            Assert.Equal(at, cursor.Position);
            Assert.Equal(links.Length - (at / 3), cursor.Ahead.Sum(span => (span.UpTo - span.After) / 3));
        }
    }

    [Fact]
    public void Who_never_listened_asks_at_once_and_who_stands_still_asks_again_ever_later()
    {
        Assert.True(New.MustAsk("a", null, Noon, Patience));
        var asked = New.Asked("a", Noon);
        Assert.False(asked.MustAsk("a", Noon, Noon.AddSeconds(119), Patience));
        Assert.True(asked.MustAsk("a", Noon, Noon.AddSeconds(120), Patience));
        Assert.False(asked.MustAsk("a", null, Noon.AddHours(1), Patience)); // not behind
        Assert.False(asked.Heard([new(0, 5)]).MustAsk("a", Noon.AddHours(1), Noon.AddHours(1), Patience)); // behind for a moment only
    }

    [Fact]
    public void After_a_restore_of_the_source_all_is_asked_for_again()
    {
        var cursor = New.Asked("a", Noon).Heard([new(0, 50)]);
        Assert.True(cursor.MustAsk("b", null, Noon, Patience));
        Assert.Equal((0, "b"), (cursor.Asked("b", Noon).Position, cursor.Asked("b", Noon).Epoch));
    }
}
