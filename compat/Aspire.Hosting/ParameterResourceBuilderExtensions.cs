using Aspire.Hosting.ApplicationModel;
using Expo.NativeHosting;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Values given from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ParameterResource(name, _ => builder.Configured(name, Key(name)) ?? throw Missing(name, Key(name)), secret));
    }

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A secret must not be published as a default.", nameof(secret));
        }

        return builder.AddResource(new ParameterResource(name, _ => builder.Configured(name, Key(name)) ?? valueGetter(), secret));
    }

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddResource(new ParameterResource(
            name,
            given => builder.Configured(name, Key(name)) ?? (persist ? builder.Kept(name, given!) : given!.GetDefaultValue()),
            secret)
        {
            Default = value,
        });
    }

    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ParameterResource(
            name, _ => builder.Configured(name, configurationKey) ?? throw Missing(name, configurationKey), secret));
    }

    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var parameter = new ParameterResource(
            name, _ => builder.Configuration.GetConnectionString(name) ?? throw Missing(name, $"ConnectionStrings:{name}"), secret: true)
        {
            IsConnectionString = true,
        };
        return builder.AddResource(new ConfiguredConnectionString(parameter, environmentVariableName));
    }

    /// <summary>A generated secret that stays the same on the next start.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0) => CreateGeneratedParameter(builder, name, secret: true, new()
        {
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        });

    /// <summary>A generated value that stays the same on the next start.</summary>
    public static ParameterResource CreateGeneratedParameter(
        IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault) =>
        new(name, given => builder.Configured(name, Key(name)) ?? builder.Kept(name, given!), secret) { Default = parameterDefault };

    private static string Key(string name) => $"Parameters:{name}";

    // Environment variables of most shells cannot hold a hyphen, so an underscore does as well.
    private static string? Configured(this IDistributedApplicationBuilder builder, string name, string key) =>
        builder.Configuration[key] ?? (name.Contains('-', StringComparison.Ordinal) ? builder.Configuration[key.Replace('-', '_')] : null);

    private static string Kept(this IDistributedApplicationBuilder builder, string name, ParameterDefault value) =>
        DataDirectory.Of(builder).Secrets.GetOrAdd(Key(name), value.GetDefaultValue);

    private static MissingParameterValueException Missing(string name, string key)
    {
        var variable = key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_');
        return new($"Parameter '{name}' has no value: set {key} in the configuration (environment variable {variable}).");
    }

    private sealed class ConfiguredConnectionString(ParameterResource parameter, string? environmentVariable)
        : Resource(parameter.Name), IResourceWithConnectionString
    {
        public string? ConnectionStringEnvironmentVariable => environmentVariable;
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{parameter}");
    }
}
