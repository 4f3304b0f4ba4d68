namespace Testcontainers.RabbitMq;

/// <summary>Builds a throwaway RabbitMQ node; an image name is accepted and has no effect, except that one that ends in <c>-management</c> has that plugin.</summary>
public sealed class RabbitMqBuilder
{
    /// <summary>AMQP's well-known port.</summary>
    public const ushort RabbitMqPort = 5672;

    internal const int ManagementPort = 15672;

    private readonly RabbitMqConfiguration configuration;

    /// <summary>Starts from upstream's defaults; the installed server is used, whatever the image.</summary>
    public RabbitMqBuilder(string image)
        : this(new RabbitMqConfiguration("rabbitmq", "rabbitmq", image.EndsWith("-management", StringComparison.Ordinal)))
    {
    }

    private RabbitMqBuilder(RabbitMqConfiguration configuration) => this.configuration = configuration;

    /// <summary>Accepted; the installed server is used.</summary>
    public RabbitMqBuilder WithImage(string image) => this;

    /// <summary>Accepted: every port of a node is bound to a free one.</summary>
    public RabbitMqBuilder WithPortBinding(int port, bool assignRandomHostPort = false) => this;

    /// <summary>The administrator.</summary>
    public RabbitMqBuilder WithUsername(string username) => new(configuration with { Username = username });

    /// <summary>The administrator's password.</summary>
    public RabbitMqBuilder WithPassword(string password) => new(configuration with { Password = password });

    /// <summary>The node, not yet started.</summary>
    public RabbitMqContainer Build() => new(configuration);
}

/// <summary>What a throwaway RabbitMQ node is built from.</summary>
public sealed record RabbitMqConfiguration(string Username, string Password, bool Management);
