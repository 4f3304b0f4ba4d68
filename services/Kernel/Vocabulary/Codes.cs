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
