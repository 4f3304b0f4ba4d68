using Expo.Kernel.Http;

namespace Expo.Forum.Proposals;

/// <summary>The committee's working group that a proposal is sent to (requirement F-03).</summary>
public enum WorkingGroup
{
    /// <summary>北京工作组.</summary>
    Beijing,

    /// <summary>深圳工作组.</summary>
    Shenzhen,
}

/// <summary>Who may act for which working group.</summary>
public static class WorkingGroups
{
    /// <summary>The role of the group's people.</summary>
    public static string Role(this WorkingGroup group) => group == WorkingGroup.Beijing ? Roles.BeijingGroup : Roles.ShenzhenGroup;
}

/// <summary>What a forum is about (requirement F-21): eight areas and the five themes of the Shenzhen Forum. Further topics are written out.</summary>
public enum ForumTopic
{
    /// <summary>科技合作.</summary>
    SciTechCooperation,

    /// <summary>人才交流.</summary>
    TalentExchange,

    /// <summary>国际化环境建设.</summary>
    InternationalEnvironment,

    /// <summary>绿色低碳.</summary>
    GreenLowCarbon,

    /// <summary>乡村振兴.</summary>
    RuralRevitalisation,

    /// <summary>科技金融.</summary>
    TechFinance,

    /// <summary>创新链产业链融合.</summary>
    InnovationIndustryChain,

    /// <summary>颠覆性技术研究.</summary>
    DisruptiveTechnology,

    /// <summary>强化国家战略科技力量.</summary>
    NationalStrategicSciTechForce,

    /// <summary>建设世界重要人才中心和创新高地.</summary>
    TalentCentreAndInnovationHighland,

    /// <summary>提升企业技术创新能力.</summary>
    EnterpriseInnovationCapacity,

    /// <summary>激发人才创新活力.</summary>
    TalentVitality,

    /// <summary>完善科技创新体制机制.</summary>
    InnovationInstitutions,
}

/// <summary>The form that a session takes (requirement F-07).</summary>
public enum SessionFormat
{
    /// <summary>发布会.</summary>
    Release,

    /// <summary>研讨会.</summary>
    Seminar,

    /// <summary>座谈会.</summary>
    Symposium,

    /// <summary>交流会.</summary>
    Exchange,

    /// <summary>宣讲会.</summary>
    Briefing,
}

/// <summary>What a speaker does (requirement F-05); the panel is ours.</summary>
public enum SpeechKind
{
    /// <summary>致辞.</summary>
    Address,

    /// <summary>主旨演讲.</summary>
    Keynote,

    /// <summary>主题发言.</summary>
    Themed,

    /// <summary>On a panel.</summary>
    Panel,
}

/// <summary>How what is said is interpreted; ours.</summary>
public enum Interpreting
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>交替传译.</summary>
    Consecutive,

    /// <summary>同声传译.</summary>
    Simultaneous,
}

/// <summary>Why a content review sends a proposal back (requirement F-08, decision Q15); codes of ours, chosen by people.</summary>
public enum ContentReturnReason
{
    /// <summary>Not on national strategy (未围绕国家战略).</summary>
    OffNationalStrategy,

    /// <summary>Internationally sensitive (国际敏感话题).</summary>
    SensitiveTopic,

    /// <summary>What is planned cannot be told from the proposal.</summary>
    Unclear,

    /// <summary>Something else, that the note says.</summary>
    Other,
}
