using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Forum;

/// <summary>An organisation behind a forum, and what it does for it (requirement E-05).</summary>
public sealed record Organiser([Needed] OrganiserRole? Role, [Needed, TextUpTo(200)] Text Name);

/// <summary>What sort of forum it is (requirement F-01).</summary>
public enum ForumTier
{
    /// <summary>深圳论坛.</summary>
    ShenzhenForum,

    /// <summary>分论坛.</summary>
    SubForum,

    /// <summary>平行（专业）论坛.</summary>
    Parallel,

    /// <summary>专题会议.</summary>
    Thematic,

    /// <summary>开幕式.</summary>
    Ceremony,
}
