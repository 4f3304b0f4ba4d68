namespace Expo.Demo.Acts;

/// <summary>The committee puts the fixture's delegations on the edition's list, those without a place on the plan too.</summary>
internal static class EnrolDelegations
{
    private static readonly Dictionary<string, string> KindOf = new(
        Of("municipality", "北京", "天津", "上海", "重庆")
            .Concat(Of("autonomous_region", "内蒙古", "广西", "西藏", "宁夏", "新疆"))
            .Concat(Of("independent_planning_city", "大连", "青岛", "宁波", "厦门", "深圳"))
            .Concat(Of("sub_provincial_city", "广州", "武汉", "哈尔滨", "沈阳", "成都", "南京", "西安", "长春", "济南", "杭州"))
            .Concat(Of("xpcc", "新疆生产建设兵团")));

    public static async Task Play(Stage stage, CancellationToken ct)
    {
        var list = new
        {
            delegations = stage.Fixture.Delegations.Select(delegation => new
            {
                name = new { zh = delegation.Name },
                kind = KindOf.GetValueOrDefault(delegation.Name, "province"),
                delegation.Section,
            }).ToArray(),
        };
        var enrolled = (await stage.Committee.Post($"/api/registration/v1/editions/{stage.Edition}/delegations", list, ct)).As<Enrolled>();
        if (enrolled.Results.FirstOrDefault(result => result.Outcome == "failed") is { } failed)
        {
            throw new DemoFailedException($"The delegation {failed.Id} was not enrolled: {failed.Code}.");
        }
        stage.Narrator.Step("Registration keeps the delegations", ("delegations", enrolled.Results.Count));
        stage.Remember("registration", $"delegation {list.delegations[0].name.zh}", $"delegations/{enrolled.Results[0].Id}");
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(string kind, params string[] names) => names.Select(name => KeyValuePair.Create(name, kind));

    private sealed record Enrolled(IReadOnlyList<Result> Results);

    private sealed record Result(Guid Id, string Outcome, string? Code);
}
