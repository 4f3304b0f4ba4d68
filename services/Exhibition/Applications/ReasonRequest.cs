using Expo.Kernel.Http;

namespace Expo.Exhibition.Applications;

/// <summary>Why an application goes back, or is declined.</summary>
public sealed record ReasonRequest([Needed, LengthUpTo(500)] string Reason);
