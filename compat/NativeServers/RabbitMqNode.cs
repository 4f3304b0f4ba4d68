using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Expo.NativeServers;

/// <summary>The files and environment that make a node private; its name stays, as its data is kept under it.</summary>
internal sealed class RabbitMqNode(RabbitMqOptions options)
{
    // Erlang's schedulers otherwise spin while idle, which a small machine feels.
    private const string Quiet = "+sbwt none +sbwtdcpu none +sbwtdio none";
    private const string Loopback = "-kernel inet_dist_use_interface {127,0,0,1}";
    private readonly string home = Path.GetFullPath(options.DataDirectory);

    public string EpmdPort { get; } = Ports.Free().ToString(CultureInfo.InvariantCulture);

    public IReadOnlyDictionary<string, string?> Environment => field ??= PrivateEnvironment();

    public async Task WriteAsync(CancellationToken ct)
    {
        if (!(options.UserName + options.Password).All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new ArgumentException("The user name and password of RabbitMQ may hold letters, digits, '-', '_' and '.' only.");

        Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(In("rabbitmq-env.conf"), "", ct);
        await File.WriteAllTextAsync(In("enabled_plugins"), $"[{string.Join(',', Plugins())}].\n", ct);
        await File.WriteAllLinesAsync(In("rabbitmq.conf"), Configuration(), ct);
        File.SetUnixFileMode(In("rabbitmq.conf"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string In(string name) => Path.Combine(home, name);

    private IEnumerable<string> Plugins()
    {
        if (options.ManagementPort is not null)
            yield return "rabbitmq_management";
        if (options.StreamPort is not null)
            yield return "rabbitmq_stream";
    }

    private IEnumerable<string> Configuration()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"listeners.tcp.1 = 127.0.0.1:{options.Port}");
        yield return $"default_user = {options.UserName}";
        yield return $"default_pass = {options.Password}";
        yield return "log.console = true";
        yield return "log.console.level = info";
        yield return "log.file = false";
        if (options.ManagementPort is { } management)
        {
            yield return "management.tcp.ip = 127.0.0.1";
            yield return string.Create(CultureInfo.InvariantCulture, $"management.tcp.port = {management}");
        }

        if (options.StreamPort is { } stream)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"stream.listeners.tcp.1 = 127.0.0.1:{stream}");
            yield return "stream.advertised_host = 127.0.0.1";
            yield return string.Create(CultureInfo.InvariantCulture, $"stream.advertised_port = {stream}");
        }
    }

    private Dictionary<string, string?> PrivateEnvironment()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..12];
        var environment = System.Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(variable => variable.StartsWith("RABBITMQ_", StringComparison.Ordinal) || variable.StartsWith("ERL_", StringComparison.Ordinal))
            .ToDictionary(variable => variable, _ => (string?)null);
        foreach (var (variable, value) in (IEnumerable<(string, string)>)[
            ("HOME", home),
            ("LC_ALL", "C.UTF-8"),
            ("ERL_EPMD_PORT", EpmdPort),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", $"expo-{name}@localhost"),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODE_PORT", options.Port.ToString(CultureInfo.InvariantCulture)),
            ("RABBITMQ_DIST_PORT", Ports.Free().ToString(CultureInfo.InvariantCulture)),
            ("RABBITMQ_MNESIA_BASE", In("mnesia")),
            ("RABBITMQ_LOG_BASE", In("log")),
            ("RABBITMQ_LOGS", "-"),
            ("RABBITMQ_PID_FILE", In("rabbitmq.pid")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", In("enabled_plugins")),
            ("RABBITMQ_CONFIG_FILE", In("rabbitmq.conf")),
            ("RABBITMQ_CONFIG_FILES", In("conf.d")),
            ("RABBITMQ_ADVANCED_CONFIG_FILE", In("advanced.config")),
            ("RABBITMQ_CONF_ENV_FILE", In("rabbitmq-env.conf")),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", $"{Quiet} {Loopback}"),
            // Makes the script become the node instead of waiting for it: one process, stopped by one signal.
            ("RUNNING_UNDER_SYSTEMD", "true")])
            environment[variable] = value;
        return environment;
    }
}
