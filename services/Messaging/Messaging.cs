using Expo.Messaging.Feeds;
using Expo.Messaging.Listening;
using Expo.Messaging.Parking;
using MassTransit;

namespace Expo.Messaging;

/// <summary>Says what a service tells the platform and what it listens to.</summary>
public sealed class MessagingBuilder(IServiceCollection services, string service)
{
    internal List<Listener> Listeners { get; } = [];

    /// <summary>Tells the platform some of a stream's events, through a pure translation.</summary>
    public MessagingBuilder Tell<TEvent>(Func<TEvent, object?> translate) where TEvent : class
    {
        services.AddSingleton<Translate>(@event => @event is TEvent fact ? translate(fact) : null);
        return this;
    }

    /// <summary>With the message of an event goes what another service needs to know of a person, sealed for it alone and left out once the person is erased.</summary>
    public MessagingBuilder HandOver<TEvent, TData>(string to, Func<TEvent, Guid> subject, Func<TData, object> card) where TEvent : class where TData : class
    {
        services.AddSingleton(new HandOver(
            to, @event => @event is TEvent fact ? subject(fact) : null, async (personal, id, ct) => await personal.Read<TData>(id, ct) is { } data ? card(data) : null));
        return this;
    }

    /// <summary>Listens with one consumer; its queue is named by the service and what the consumer does.</summary>
    public MessagingBuilder Listen<TConsumer>() where TConsumer : class, IConsumer
    {
        var types = typeof(TConsumer).GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(i => TypeName.Of(i.GetGenericArguments()[0])).ToArray();
        Listeners.Add(new Listener(typeof(TConsumer), MessagingSetup.QueueOf(service, typeof(TConsumer)), types));
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
        services.ConfigureMarten(AddDocuments);

        // Off only where a host is started without a broker on purpose (an HTTP test).
        if (!builder.Configuration.GetValue("Messaging:Enabled", true))
            return;

        var address = new Uri(builder.Configuration.GetConnectionString("messaging") ?? throw new InvalidOperationException("ConnectionStrings:messaging is not configured."));
        services.AddSingleton(builder.Configuration.GetSection("Messaging").Get<MessagingSettings>() ?? new MessagingSettings());
        services.AddSingleton(new EventSource(service));
        services.AddSingleton<IReadOnlyList<Listener>>(messaging.Listeners);
        services.AddSingleton<Feed>();
        services.AddSingleton(Cards.Of);
        // The relay's connection is its own: no replay disturbs it.
        services.AddKeyedSingleton(nameof(Relay), (provider, _) => ActivatorUtilities.CreateInstance<Publisher>(provider, address));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Publisher>(provider, address));
        services.AddSingleton<Suspects>();
        services.AddHosted<Hearing>();
        services.AddHosted<ParkingLot>();
        services.AddHosted<Retries>();
        services.AddHosted<FeedHeads>();
        services.AddSingleton(new Broker(service, address, [QueueOf(service, typeof(ReplayEventsWhenRequested)), QueueOf(service, typeof(FollowFeedWhenAnnounced))]));
        services.AddHttpClient(nameof(Topology));
        services.AddHosted<Topology>();
        services.ConfigureMarten((provider, store) => store.Events.Subscribe(ActivatorUtilities.CreateInstance<Relay>(provider), relay => relay.Options.BatchSize = Relay.Window));
        services.AddBus(address, service, messaging.Listeners);
        services.AddHealthChecks().AddCheck<BrokerHealth>("messaging");
        services.AddHosted<QueueWatch>();
    }

    internal static string QueueOf(string service, Type consumer) => $"{service}-{KebabCaseEndpointNameFormatter.Instance.SanitizeName(consumer.Name)}";

    private static void AddBus(this IServiceCollection services, Uri address, string service, IReadOnlyList<Listener> listeners)
    {
        services.AddOptions<MassTransitHostOptions>().Configure(host =>
        {
            host.WaitUntilStarted = true;
            host.StopTimeout = TimeSpan.FromSeconds(20);
        });
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry(); // it reports to its vendor otherwise
            foreach (var listener in listeners)
                bus.AddConsumer(listener.Consumer);
            bus.AddConsumer<ReplayEventsWhenRequested>();
            bus.AddConsumer<FollowFeedWhenAnnounced>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(address, host =>
                {
                    host.Heartbeat(TimeSpan.FromSeconds(10));
                    // An answer that does not come in time would end a consumer for good; one whose connection is lost begins again.
                    host.ContinuationTimeout(TimeSpan.FromMinutes(5));
                });
                foreach (var listener in listeners)
                    rabbit.ReceiveEndpoint(listener.Queue, endpoint => Listen(endpoint, listener, context));
                foreach (var (consumer, prefetch) in new[] { (typeof(ReplayEventsWhenRequested), 1), (typeof(FollowFeedWhenAnnounced), 8) })
                {
                    rabbit.ReceiveEndpoint(QueueOf(service, consumer), endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.PrefetchCount = prefetch;
                        endpoint.PublishFaults = false;
                        endpoint.DiscardFaultedMessages(); // whoever still needs it asks again
                        endpoint.DiscardSkippedMessages();
                        endpoint.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(200)));
                        endpoint.ConfigureConsumer(context, consumer);
                    });
                }
            });
        });
    }

    private static void Listen(IRabbitMqReceiveEndpointConfigurator endpoint, Listener listener, IBusRegistrationContext context)
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 32;
        endpoint.PublishFaults = false; // a fault message would carry the whole original
        var order = new ArrivalOrder();
        var unread = ActivatorUtilities.CreateInstance<ParkUnread>(context, listener.Queue, order);
        endpoint.ConfigureError(pipe => pipe.UseFilter(unread));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(unread));
        endpoint.UseFilter(ActivatorUtilities.CreateInstance<Guard>(context, listener.Queue, order));
        endpoint.UseConsumeFilter(typeof(InboxFilter<>), context);
        endpoint.ConfigureConsumer(context, listener.Consumer);
    }

    private static void AddDocuments(StoreOptions store)
    {
        store.Schema.For<FeedState>();
        store.Schema.For<CardRecipient>();
        store.Schema.For<Cursor>();
        store.Schema.For<ParkedMessage>().Duplicate(parked => parked.Stream);
        store.Schema.For<SuspectMessage>();
        store.Schema.For<RelayPause>();
    }

    private static void AddHosted<T>(this IServiceCollection services) where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
