using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Expo.ServiceDefaults;

/// <summary>How a service describes itself: an OpenAPI document.</summary>
public static class Description
{
    /// <summary>Describes a service's endpoints.</summary>
    public static void AddDescription(this IHostApplicationBuilder builder, string service) =>
        builder.Services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = $"ExpoPlatform {service}";
            // Callers come through the gateway; where this process listens is not theirs to know.
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));

    /// <summary>Serves the description, to anybody.</summary>
    public static void MapDescription(this WebApplication app) => app.MapOpenApi().AllowAnonymous();
}
