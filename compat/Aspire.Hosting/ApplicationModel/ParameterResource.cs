namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value given from outside: configuration, or generated once and kept.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Lazy<string> value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        value = new(() => callback(Default));
        Secret = secret;
    }

    public ParameterDefault? Default { get; set; }
    public bool Secret { get; }
    public bool IsConnectionString { get; set; }
    public string? Description { get; set; }
    public bool EnableDescriptionMarkdown { get; set; }

    [Obsolete("Use GetValueAsync, or pass the parameter itself.")]
    public string Value => value.Value;

    public string ValueExpression => IsConnectionString ? $"{{{Name}.connectionString}}" : $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(value.Value);
}

/// <summary>How a parameter without a configured value gets one.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}
