using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;
using Expo.Recruitment.Jobs;
using static Expo.Recruitment.Tests.Samples;

namespace Expo.Recruitment.Tests.Jobs;

public sealed class FairAdmissionSpecs
{
    [Theory, Requirement("J-03")]
    [InlineData("200000", "YEAR", null, "fair.salary_below_floor")]
    [InlineData("200000.00", "YEAR", null, "fair.salary_below_floor")]
    [InlineData("200001", "YEAR", null, null)]
    [InlineData("200000.01", "YEAR", null, null)]
    [InlineData("14300", "MONTH", 14, null)] // 200,200
    [InlineData("14300", "MONTH", 13, "fair.salary_below_floor")] // 185,900
    [InlineData("14300", "MONTH", null, "fair.salary_below_floor")] // 171,600
    [InlineData("16666.67", "MONTH", null, null)] // 200,000.04
    [InlineData("200001", "YEAR", 24, null)] // a year has no months to count
    [InlineData("10000", "WEEK", null, "fair.salary_not_annual")]
    public void The_elite_fair_takes_what_pays_more_than_its_threshold_a_year(string min, string period, int? months, string? refused) =>
        Assert.Equal(refused, FairAdmission.Judge(EliteAsked, Advert(min, period, months)).Refusal?.Code);

    [Fact, Requirement("J-03")]
    public void A_refusal_says_what_the_job_pays_and_what_the_fair_asks()
    {
        var refusal = FairAdmission.Judge(EliteAsked, Advert("200000", "YEAR")).Refusal!;
        Assert.Equal(
            new Dictionary<string, string> { ["annualMin"] = "200000", ["floor"] = "200000", ["currency"] = "CNY", ["operator"] = "above" }, refusal.Params);
        Assert.Equal("年薪 200000 CNY 未达到要求（须超过 200000 CNY）。", refusal.Detail.Zh);
        Assert.Equal("200000 CNY a year is too little: it must be above 200000 CNY.", refusal.Detail.En);
    }

    [Fact, Requirement("J-03")]
    public void Threshold_operator_and_end_are_settings()
    {
        var atLeast = With(Elite with { MinAnnualSalary = new(new Money("200000", "CNY"), SalaryOperator.AtLeast, PayEnd.Min) });
        Assert.Equal(FairEntryState.Accepted, FairAdmission.Judge(atLeast, Advert("200000", "YEAR")).State);
        Assert.Equal("fair.salary_below_floor", FairAdmission.Judge(atLeast, Advert("199999.99", "YEAR")).Refusal?.Code);

        var upper = With(Elite with { MinAnnualSalary = new(new Money("200000", "CNY"), SalaryOperator.Above, PayEnd.Max) });
        Assert.Equal(FairEntryState.Accepted, FairAdmission.Judge(upper, Advert() with { Salary = new("150000", "250000", "CNY", "YEAR", null) }).State);
        Assert.Equal("250000", FairAdmission.Judge(With(Elite with { MinAnnualSalary = new(new Money("300000", "CNY"), SalaryOperator.Above, PayEnd.Max) }),
            Advert() with { Salary = new("150000", "250000", "CNY", "YEAR", null) }).Refusal?.Params["annualMax"]);
    }

    [Fact, Requirement("J-03")]
    public void Pay_in_another_currency_or_none_is_not_compared()
    {
        Assert.Equal("fair.salary_currency", FairAdmission.Judge(EliteAsked, Advert("500000", "YEAR", currency: "USD")).Refusal?.Code);
        Assert.Equal("fair.salary_unknown", FairAdmission.Judge(EliteAsked, Advert() with { Salary = null }).Refusal?.Code);
    }

    [Fact, Requirement("J-02", "J-10")]
    public void A_fair_takes_jobs_for_its_audiences_and_jobs_for_anybody()
    {
        var returnees = With(Fixture.Fairs["returnees"]);
        Assert.Equal("fair.audience_mismatch", FairAdmission.Judge(returnees, Advert()).Refusal?.Code);
        Assert.Null(FairAdmission.Judge(returnees, Advert() with { Audiences = null }).Refusal);
        Assert.Null(FairAdmission.Judge(returnees, Advert() with { Audiences = [TalentAudience.Domestic, TalentAudience.Returnee] }).Refusal);
    }

    [Fact, Requirement("J-10")]
    public void Overseas_talent_is_wider_than_high_end_overseas_talent()
    {
        Assert.Null(FairAdmission.Judge(With(Fixture.Fairs["zhihui_global"]), Advert() with { Audiences = [TalentAudience.OverseasHighEnd] }).Refusal);
        var highEnd = With(Fixture.Fairs["zhihui_global"] with { Audiences = [TalentAudience.OverseasHighEnd] });
        Assert.Equal("fair.audience_mismatch", FairAdmission.Judge(highEnd, Advert() with { Audiences = [TalentAudience.Overseas] }).Refusal?.Code);
    }

    [Fact, Requirement("J-06")]
    public void A_closed_list_of_industries_shuts_out_the_others_and_an_open_one_nobody()
    {
        var returnees = Fixture.Fairs["returnees"] with { Audiences = [TalentAudience.MidSenior] };
        Assert.Null(FairAdmission.Judge(With(returnees), Advert() with { Industry = Industry.Other }).Refusal);
        var closed = With(returnees with { Industries = returnees.Industries! with { OpenEnded = false } });
        Assert.Null(FairAdmission.Judge(closed, Advert()).Refusal);
        Assert.Equal("fair.industry_mismatch", FairAdmission.Judge(closed, Advert() with { Industry = Industry.Other }).Refusal?.Code);
    }

    [Fact, Requirement("J-07")]
    public void A_closed_list_of_areas_shuts_out_the_others_and_an_open_one_nobody()
    {
        Assert.Null(FairAdmission.Judge(EliteAsked, Advert() with { FairArea = null }).Refusal);
        var closed = With(Elite with { Areas = new(false, [new(FairArea.Soe, null)]) });
        Assert.Null(FairAdmission.Judge(closed, Advert() with { FairArea = FairArea.Soe }).Refusal);
        Assert.Equal("fair.area_mismatch", FairAdmission.Judge(closed, Advert()).Refusal?.Code);
    }

    [Fact, Requirement("J-01")]
    public void A_fair_that_is_not_there_says_so() =>
        Assert.Equal("fair.unknown", FairAdmission.Judge(EliteAsked with { Definition = null }, Advert()).Refusal?.Code);

    [Fact, Requirement("J-13")]
    public void An_answer_that_is_read_back_in_another_order_is_the_same()
    {
        var refused = FairAdmission.Judge(EliteAsked, Advert("200000", "YEAR"));
        var readBack = refused with { Refusal = refused.Refusal! with { Params = refused.Refusal.Params.Reverse().ToDictionary() } };
        Assert.True(FairEntry.Same([refused], [readBack]));
        Assert.False(FairEntry.Same([refused], [FairAdmission.Judge(EliteAsked, Advert("199999", "YEAR"))]));
        Assert.False(FairEntry.Same([refused], []));
    }

    private static RequestedFair With(FairDefinition fair) => EliteAsked with { Definition = fair };
}
