using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace Expo.NativeHosting;

/// <summary>Publishing makes container images and deployment files, which only the upstream packages can.</summary>
internal static class Publishing
{
    public static void Refuse(IConfiguration configuration)
    {
        if (configuration["operation"] == "publish" || configuration["publisher"] is not null)
        {
            throw new DistributedApplicationException(
                "Publishing needs the upstream packages: dotnet run --project AppHost -p:Upstream=true -- --operation publish --output-path out");
        }
    }
}
