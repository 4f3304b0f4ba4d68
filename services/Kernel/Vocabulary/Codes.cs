namespace Expo.Kernel.Vocabulary;

/// <summary>What an organisation does for the expo or a part of it (主办, 承办, 执行, 合作, 牵头, 支持, 指导).</summary>
public enum OrganiserRole
{
    /// <summary>主办.</summary>
    Host,
    /// <summary>承办.</summary>
    Undertaker,
    /// <summary>执行.</summary>
    Executor,
    /// <summary>合作.</summary>
    Partner,
    /// <summary>牵头.</summary>
    Lead,
    /// <summary>支持.</summary>
    Supporter,
    /// <summary>指导.</summary>
    Guidance,
    /// <summary>The source gives no role word.</summary>
    Unspecified,
}

/// <summary>Where something takes place (线下线上融合).</summary>
public enum DeliveryMode
{
    /// <summary>On the ground.</summary>
    Onsite,
    /// <summary>On the net.</summary>
    Online,
    /// <summary>Both at once.</summary>
    Hybrid,
}

/// <summary>When something can be used (常态化, 全年).</summary>
public enum Availability
{
    /// <summary>While the edition lasts.</summary>
    EditionOnly,
    /// <summary>All year round.</summary>
    YearRound,
}

/// <summary>What an agency of human resources does (requirement X-25: 猎头、人力资源市场、劳务派遣和外包、人才测评、管理咨询).</summary>
public enum HrAgencyKind
{
    /// <summary>猎头.</summary>
    Headhunter,
    /// <summary>人力资源市场.</summary>
    HrMarket,
    /// <summary>劳务派遣.</summary>
    LabourDispatch,
    /// <summary>外包.</summary>
    Outsourcing,
    /// <summary>人才测评.</summary>
    Assessment,
    /// <summary>管理咨询.</summary>
    ManagementConsulting,
    /// <summary>Any other: the source ends its list with 等.</summary>
    Other,
}
