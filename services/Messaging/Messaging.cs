using MassTransit;

namespace Expo.Messaging;

/// <summary>Says what a service tells the platform and what it listens to.</summary>
public sealed class MessagingBuilder(IServiceCollection services, string service)
{
    internal List<(Type Consumer, string Queue)> Consumers { get; } = [];

    /// <summary>Tells the platform some of a stream's events, through a pure translation.</summary>
    public MessagingBuilder Tell<TEvent>(Func<TEvent, object?> translate) where TEvent : class
    {
        services.AddSingleton<Translate>(@event => @event is TEvent fact ? translate(fact) : null);
        return this;
    }

    /// <summary>Listens with one consumer; its queue is named by the service and what the consumer does.</summary>
    public MessagingBuilder Listen<TConsumer>() where TConsumer : class, IConsumer
    {
        Consumers.Add((typeof(TConsumer), $"{service}-{KebabCaseEndpointNameFormatter.Instance.SanitizeName(typeof(TConsumer).Name)}"));
        return this;
    }
}

/// <summary>The only place that configures MassTransit.</summary>
public static class MessagingSetup
{
    /// <summary>Connects the service to the broker (connection string <c>messaging</c>): its relay, and its consumers on durable queues bound before it reports ready.</summary>
    public static void AddMessaging(this IHostApplicationBuilder builder, string service, Action<MessagingBuilder> configure)
    {
        var services = builder.Services;
        var messaging = new MessagingBuilder(services, service);
        configure(messaging);

        // Off only where a host is started without a broker on purpose (an HTTP test).
        if (!builder.Configuration.GetValue("Messaging:Enabled", true))
            return;

        var address = builder.Configuration.GetConnectionString("messaging") ?? throw new InvalidOperationException("ConnectionStrings:messaging is not configured.");
        services.AddSingleton(new EventSource(service));
        services.AddOptions<MassTransitHostOptions>().Configure(host =>
        {
            host.WaitUntilStarted = true;
            host.StopTimeout = TimeSpan.FromSeconds(20);
        });
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry(); // it reports to its vendor otherwise
            foreach (var (consumer, _) in messaging.Consumers)
                bus.AddConsumer(consumer);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(address));
                foreach (var (consumer, queue) in messaging.Consumers)
                {
                    rabbit.ReceiveEndpoint(queue, endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.PrefetchCount = 32;
                        endpoint.PublishFaults = false; // a fault message would carry the whole original
                        endpoint.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(200)));
                        endpoint.UseConsumeFilter(typeof(InboxFilter<>), context);
                        endpoint.ConfigureConsumer(context, consumer);
                    });
                }
            });
        });
        services.ConfigureMarten((provider, store) =>
            store.Events.Subscribe(ActivatorUtilities.CreateInstance<Relay>(provider)));
    }
}
