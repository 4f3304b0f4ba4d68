using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;

namespace Expo.Exhibition;

/// <summary>The organisations that may exhibit: those that Registration verified.</summary>
internal sealed class Exhibitors(Streams streams)
{
    /// <summary>The caller's organisation is not verified, or the caller has none.</summary>
    public static readonly Refusal NotVerified = Refusal.Conflict(
        "organisation.not_verified", "贵单位尚未通过审核。", "Your organisation has not been verified yet.");

    /// <summary>The caller's organisation if it is verified.</summary>
    public async Task<Guid?> Verified(Caller caller, CancellationToken ct) =>
        caller.OrganisationId is { } id && await streams.Read<KnownOrganisation>(id, ct) is { Version: > 0 } ? id : null;
}
