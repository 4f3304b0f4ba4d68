using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Expo.Dashboard.Resources;

namespace Expo.NativeHosting;

/// <summary>Takes what is secret out of environment variables before anybody sees them.</summary>
internal sealed partial class Secrets(DistributedApplicationModel model)
{
    private const string Mask = "•••";
    private const int Shortest = 4;

    /// <summary>A variable without its secrets: none of its value if its name says so, else without secret parameters and passwords in it.</summary>
    public VariableView Without(EnvironmentVariableSnapshot variable)
    {
        if (variable.Value is not { Length: > 0 } value)
        {
            return new(variable.Name, variable.Value, Secret: false);
        }

        if (SecretName().IsMatch(variable.Name))
        {
            return new(variable.Name, null, Secret: true);
        }

        var masked = Values().Aggregate(value, (text, secret) => text.Replace(secret, Mask, StringComparison.Ordinal));
        masked = PasswordPair().Replace(masked, $"$1{Mask}");
        masked = UserInfo().Replace(masked, $"$1{Mask}@");
        return new(variable.Name, masked, masked != value);
    }

    // The longest first: a secret that holds another one goes whole.
    private IEnumerable<string> Values() => model.Resources.OfType<ParameterResource>().Where(p => p.Secret)
        .Select(KnownValue).OfType<string>().Where(v => v.Length >= Shortest)
        .SelectMany(v => (string[])[v, Uri.EscapeDataString(v)]).Distinct().OrderByDescending(v => v.Length);

    private static string? KnownValue(ParameterResource parameter)
    {
        try
        {
            var value = parameter.GetValueAsync(CancellationToken.None);
            return value.IsCompletedSuccessfully ? value.GetAwaiter().GetResult() : null;
        }
        catch (Exception e) when (e is DistributedApplicationException or InvalidOperationException)
        {
            // It has no value: then none is in a variable.
            return null;
        }
    }

    [GeneratedRegex("password|passwd|secret|token|credential|api_?key|masterkey|privatekey|_key$|_headers$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex("((?:password|pwd|secret)\\s*=\\s*)[^;&\\s]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PasswordPair();

    [GeneratedRegex("(://[^:/?#@\\s]*:)[^/?#@\\s]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
