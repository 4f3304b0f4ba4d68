using Expo.ServiceDefaults.Descriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace Expo.ServiceDefaults;

/// <summary>How a service describes itself: an OpenAPI document.</summary>
public static class Description
{
    /// <summary>Describes a service's endpoints.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name.</param>
    /// <param name="text">The type of its texts by language.</param>
    public static void AddDescription(this IHostApplicationBuilder builder, string service, Type? text = null) =>
        builder.Services.AddOpenApi("v1", openApi =>
        {
            openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            openApi.AddSchemaTransformer((schema, context, _) => Task.FromResult(DescribedSchema.Complete(schema, context, text)));
            openApi.AddOperationTransformer((operation, context, _) => Task.FromResult(DescribedOperation.Complete(operation, context)));
            openApi.AddDocumentTransformer((document, _, _) => Task.FromResult(DescribedDocument.Complete(document, service)));
        });

    /// <summary>Serves the description, to anybody.</summary>
    public static void MapDescription(this WebApplication app) => app.MapOpenApi().AllowAnonymous();
}

/// <summary>Says that an endpoint reads a parameter of <c>Descriptions/shared.json</c>; what binds itself from a request says it of every endpoint that takes it.</summary>
public sealed record ReadsParameter(string Name);

/// <summary>Says which scope a program needs to call an endpoint.</summary>
public sealed record NeedsScope(string Name);

/// <summary>Endpoint metadata: a request without an idempotency key is refused.</summary>
public sealed record NeedsIdempotencyKey;
