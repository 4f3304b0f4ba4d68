namespace Expo.Recruitment.Fairs;

/// <summary>Whom a job or a fair is for (requirements J-02 and J-10): the five zones of online recruitment, and three audiences that only fairs name.</summary>
public enum TalentAudience
{
    /// <summary>海外高端人才.</summary>
    OverseasHighEnd,

    /// <summary>外籍专业人才.</summary>
    ForeignProfessional,

    /// <summary>在华外国留学生和青年科学家.</summary>
    ForeignStudentsYoungScientists,

    /// <summary>海归人才.</summary>
    Returnee,

    /// <summary>国内人才.</summary>
    Domestic,

    /// <summary>全国高校毕业生; fairs only.</summary>
    Graduate,

    /// <summary>中高端人才; fairs only.</summary>
    MidSenior,

    /// <summary>海外人才, wider than 海外高端人才; fairs only.</summary>
    Overseas,
}

/// <summary>The industry of a job (requirement J-06).</summary>
public enum Industry
{
    /// <summary>金融投资.</summary>
    FinanceInvestment,

    /// <summary>生物医药.</summary>
    Biomedicine,

    /// <summary>IT互联网.</summary>
    ItInternet,

    /// <summary>建筑地产.</summary>
    ConstructionRealEstate,

    /// <summary>高端服务业.</summary>
    HighEndServices,

    /// <summary>安防.</summary>
    Security,

    /// <summary>教育科研.</summary>
    EducationResearch,

    /// <summary>文化传媒.</summary>
    CultureMedia,

    /// <summary>Any other: the source ends its list with 等.</summary>
    Other,
}

/// <summary>A part of a fair (requirement J-07).</summary>
public enum FairArea
{
    /// <summary>事业单位.</summary>
    PublicInstitution,

    /// <summary>国企.</summary>
    Soe,

    /// <summary>各区域组团.</summary>
    RegionalGroup,

    /// <summary>行业.</summary>
    Industry,
}

/// <summary>Where candidates of a fair studied (requirement J-04).</summary>
public enum StudyRegion
{
    /// <summary>欧洲.</summary>
    Europe,

    /// <summary>北美.</summary>
    NorthAmerica,

    /// <summary>港澳台.</summary>
    HongKongMacaoTaiwan,

    /// <summary>日本.</summary>
    Japan,

    /// <summary>韩国.</summary>
    SouthKorea,
}

/// <summary>How a fair is held (requirement J-11).</summary>
public enum FairFormat
{
    /// <summary>线上招聘专区.</summary>
    OnlineZone,

    /// <summary>线下招聘专场.</summary>
    OnsiteSession,
}

/// <summary>How a pay is compared with a fair's threshold (decision Q6).</summary>
public enum SalaryOperator
{
    /// <summary>It must be more.</summary>
    Above,

    /// <summary>It must be as much or more.</summary>
    AtLeast,
}

/// <summary>Which end of a range of pay counts (decision Q6).</summary>
public enum PayEnd
{
    /// <summary>The lower one.</summary>
    Min,

    /// <summary>The upper one.</summary>
    Max,
}
