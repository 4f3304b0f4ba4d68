using System.Text.Json;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Kernel.Tests.Vocabulary;

/// <summary>The words that all services share.</summary>
public sealed class VocabularySpecs
{
    private static readonly Deadline Hard = new("booth_application", new DateOnly(2023, 3, 31), RuleKind.Hard);

    [Fact]
    public void A_deadline_lasts_until_midnight_in_Shanghai()
    {
        Assert.Equal(new DateTimeOffset(2023, 3, 31, 16, 0, 0, TimeSpan.Zero), Hard.End);
        Assert.Null(Hard.Check(Hard.End.AddTicks(-1)));
        Assert.Equal("deadline.passed", Hard.Check(Hard.End)!.Code);
    }

    [Fact]
    public void A_passed_deadline_says_which_one_and_when()
    {
        var refusal = Hard.Check(Hard.End)!;
        Assert.Equal(RefusalKind.Rule, refusal.Kind);
        Assert.Equal(new Dictionary<string, string> { ["deadline"] = "booth_application", ["date"] = "2023-03-31" }, refusal.Parameters);
    }

    [Fact]
    public void Only_a_soft_deadline_can_be_set_aside()
    {
        var setAside = new Override(Guid.CreateVersion7(), "原则上 allows it");
        Assert.NotNull(Hard.Check(Hard.End, setAside));
        Assert.Null((Hard with { Kind = RuleKind.Soft }).Check(Hard.End, setAside));
        Assert.NotNull((Hard with { Kind = RuleKind.Soft }).Check(Hard.End));
    }

    [Fact]
    public void A_text_is_a_flat_map_of_languages()
    {
        var text = new Text([new("zh", "展位"), new("en", "booth")], ["en"]);
        var json = JsonSerializer.Serialize(text, EventStore.Json);
        Assert.Equal("""{"en":"booth","zh":"展位","machineTranslated":["en"]}""", json);
        Assert.Equal(text, JsonSerializer.Deserialize<Text>(json, EventStore.Json));
    }

    [Fact]
    public void A_text_is_read_in_the_language_asked_for_or_else_in_Chinese()
    {
        Assert.Equal("booth", new Text("展位", "booth").In("en"));
        Assert.Equal("展位", new Text("展位").In("en"));
    }

    [Fact]
    public void Texts_are_equal_when_they_say_the_same()
    {
        Assert.Equal(new Text("展位", "booth"), new Text([new("en", "booth"), new("zh", "展位")], []));
        Assert.NotEqual(new Text("展位", "booth"), new Text([new("en", "booth"), new("zh", "展位")], ["en"]));
    }

    [Theory]
    [InlineData("\"展位\"")]
    [InlineData("""{"zh":1}""")]
    [InlineData("""{"zh":"a","zh":"b"}""")]
    [InlineData("""["展位"]""")]
    public void What_is_not_a_map_of_strings_is_no_text(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Text>(json, HttpJson.Options));

    [Fact]
    public void Codes_are_in_snake_case_and_unknown_ones_name_the_known()
    {
        Assert.Equal("\"edition_only\"", JsonSerializer.Serialize(Availability.EditionOnly, HttpJson.Options));
        Assert.Equal(Availability.YearRound, JsonSerializer.Deserialize<Availability>("\"year_round\"", EventStore.Json));
        var failure = Assert.Throws<UnknownCodeException>(() => JsonSerializer.Deserialize<Availability>("\"sometimes\"", HttpJson.Options));
        Assert.Equal(["edition_only", "year_round"], failure.Known);
    }

    [Fact]
    public void The_same_names_give_the_same_id_and_no_others_do()
    {
        Assert.Equal(NaturalId.For("edition", "ciep_2023"), NaturalId.For("edition", "ciep_2023"));
        Guid[] others = [NaturalId.For("edition", "ciep_2022"), NaturalId.For("venue", "ciep_2023"), NaturalId.For("edition", "ciep", "2023"), NaturalId.For("edition", "ciep2", "023")];
        Assert.Equal(4, others.Append(NaturalId.For("edition", "ciep_2023")).Distinct().Count() - 1);
        Assert.Equal(8, NaturalId.For("edition", "ciep_2023").Version);
    }
}
